package io.github.camelsora.internal.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.net.URI;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts with an underscore in their names, as containers have, can be called. */
class UnderscoreHostRouteTest extends SoraTestSupport {
    private String remix;

    @BeforeEach
    void speakToAHostWithAnUnderscore() {
        options().setBaseUrl("http://sora_sim:" + URI.create(toApis.baseUrl()).getPort() + "/v1");
        remix = "sora:remix?videoId=" + toApis.addSource();
    }

    @Test
    void aRemixAtAHostWithAnUnderscoreIsSubmittedAndFollowedToItsEnd() throws Exception {
        start();

        Exchange out = send(remix, "Add a puppy");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(submit().headers().toString()).contains("sora_sim:");
    }

    @Test
    void aRelativeAddressLeadsToAHostWithAnUnderscore() throws Exception {
        String task = toApis.addTask();
        toApis.on(Call.STATUS)
                .answer(200, "{\"id\":\"" + task + "\",\"status\":\"completed\",\"url\":\"/files/x.mp4\"}");
        start();

        Exchange out = send("sora:status?taskId=" + task, null);

        assertThat(out.getMessage().getHeader(SoraConstants.VIDEO_URL, String.class))
                .startsWith("http://sora_sim:")
                .endsWith("/files/x.mp4");
    }
}
