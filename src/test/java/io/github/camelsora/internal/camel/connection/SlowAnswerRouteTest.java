package io.github.camelsora.internal.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.runtime.ThreadPools;
import io.github.camelsora.simulator.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that come byte by byte end when responseTimeout is over, and block no other call. */
@Timeout(60)
class SlowAnswerRouteTest extends KeyTestSupport {
    private static final Duration DROP = Duration.ofMillis(100);

    @Test
    void aSubmitThatIsAnsweredByDropsIsUnknownAfterResponseTimeout() throws Exception {
        toApis.on(Call.SUBMIT).drip(DROP);
        start();

        Exchange out = send(remix + "&responseTimeout=500&sendRequestKey=false", "Add a puppy");

        assertThat(out.getException())
                .isInstanceOf(SubmissionUnknownException.class)
                .hasMessageContaining("no complete answer within responseTimeout (500 ms)");
    }

    @Test
    void aQueryThatIsAnsweredByDropsFailsAfterResponseTimeout() throws Exception {
        toApis.on(Call.STATUS).drip(DROP);
        start();

        Exchange out = send("sora:status?responseTimeout=500&taskId=" + toApis.addTask(), null);

        assertThat(out.getException())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("no complete answer within responseTimeout (500 ms)");
    }

    @Test
    void slowAnswersBlockNoOtherCalls() throws Exception {
        int asManyAsHavePlaces = ThreadPools.HTTP_THREADS;
        toApis.on(Call.STATUS).times(asManyAsHavePlaces).drip(DROP);
        start();
        String status = "sora:status?responseTimeout=30s&taskId=" + toApis.addTask();
        List<CompletableFuture<Exchange>> slow = new ArrayList<>();
        for (int i = 0; i < asManyAsHavePlaces; i++) {
            slow.add(begin(status, null));
        }

        Exchange other = begin(status, null).join();

        assertThat(other.getException()).isNull();
        assertThat(slow).noneMatch(CompletableFuture::isDone);
    }
}
