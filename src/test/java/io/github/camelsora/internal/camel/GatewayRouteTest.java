package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways of the same family say the same in other words and other places, and a route sees no difference. */
class GatewayRouteTest extends SoraTestSupport {
    private String remix;

    @BeforeEach
    void addASource() {
        remix = "sora:remix?videoId=" + toApis.addSource();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status':'FINISHED','content':{'video_url':'http://f.test/my%20video.mp4'}",
                "'status':'succeed','metadata':{'url':'http://f.test/my video.mp4\\n'}",
                "'status':'completed','result':{'data':[{'url':['http://f.test/my video.mp4']}]}",
            })
    void aRemixInAnotherGatewaysWordsIsCompletedWithItsVideo(String fields) throws Exception {
        toApis.on(Call.STATUS).answer(200, json("{'id':'task_1'," + fields + "}"));
        toApis.on(Call.SUBMIT).answer(200, json("{'id':'task_1','status':'queued'}"));
        start();

        Exchange out = send(remix, "Add a puppy");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).videoUrl()).isEqualTo("http://f.test/my%20video.mp4");
    }

    @ParameterizedTest
    @CsvSource({"rejected", "TIMEOUT", "blocked"})
    void aRemixThatFailsInAnotherWordFailsWithItsReason(String word) throws Exception {
        toApis.on(Call.SUBMIT).answer(200, json("{'id':'task_1','status':'queued'}"));
        toApis.on(Call.STATUS)
                .answer(200, json("{'id':'task_1','status':'" + word + "','error':{},'fail_reason':'content policy'}"));
        start();

        Exchange out = send(remix, "Add a puppy");

        assertThat(out.getException()).isInstanceOf(TaskFailedException.class).hasMessageContaining("content policy");
        assertThat(out.getMessage().getHeader(SoraConstants.ERROR_MESSAGE)).isEqualTo("content policy");
    }

    @Test
    void anAccountWithoutCreditsFailsAtOnceWhateverTheStatus() throws Exception {
        toApis.on(Call.SUBMIT).answer(429, json("{'error':{'code':'user_quota_not_enough','type':'new_api_error'}}"));
        start();

        Exchange out = send(remix, "Add a puppy");

        assertThat(out.getException()).isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThat(((SoraException) out.getException()).isSafeToResend()).isTrue();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void contentThatIsRejectedWith400HasItsOwnException() throws Exception {
        toApis.on(Call.SUBMIT).answer(400, json("{'error':{'code':'moderation_blocked','message':'blocked'}}"));
        start();

        Exchange out = send(remix, "Add a puppy");

        assertThat(out.getException()).isExactlyInstanceOf(ContentRefusedException.class);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
