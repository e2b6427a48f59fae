package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.support.FaultyLedger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks are counted by what came of them, and measured by how late they are. */
class WebhookMetersTest extends WebhookTestSupport {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bindARegistry() {
        camel.getRegistry().bind("metrics", registry);
    }

    private void assertCounted(double expected, String result) {
        Counter counter = registry.find("sora.webhooks")
                .tags("result", result, "account", "default")
                .counter();
        assertThat(counter == null ? 0 : counter.count()).isEqualTo(expected);
    }

    @Test
    void aCompletionIsCountedWithTheTimeSinceItsEnd() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");
        Instant end = Instant.now().minus(Duration.ofMinutes(2));
        event.body = event.body.replace("1783953300", String.valueOf(end.getEpochSecond()));

        event.send();

        assertCounted(1, "applied");
        Timer lag = registry.get("sora.webhook.lag").tag("account", "default").timer();
        assertThat(lag.count()).isEqualTo(1);
        assertThat(lag.totalTime(TimeUnit.SECONDS)).isBetween(119.0, 120.0 + LIMIT.toSeconds());
    }

    @Test
    void anEndInTheFutureHasNoLag() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");
        event.body = event.body.replace(
                "1783953300", String.valueOf(Instant.now().plusSeconds(60).getEpochSecond()));

        event.send();

        Timer lag = registry.get("sora.webhook.lag").timer();
        assertThat(lag.count()).isEqualTo(1);
        assertThat(lag.totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aForgedOneIsCountedAsRejected() throws Exception {
        start(receiving(RECEIVER));

        completed("video_1", "order-1").sendSignedBy("whsec-wrong");

        assertCounted(1, "rejected");
        assertThat(registry.find("sora.webhook.lag").timer()).isNull();
    }

    @Test
    void oneOfAnUnknownTaskIsCounted() throws Exception {
        start(receiving(RECEIVER));

        completed("video_1", "order-1").send();

        assertCounted(1, "unknown_task");
        assertThat(registry.find("sora.webhook.lag").timer()).isNull();
    }

    @Test
    void oneThatCouldNotBeRecordedIsCountedAsFailed() throws Exception {
        FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 100));
        sora().setLedger(ledger);
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");
        ledger.fail();

        int status = event.send().statusCode();

        ledger.recover();
        assertThat(status).isEqualTo(503);
        assertCounted(1, "failed");
    }
}
