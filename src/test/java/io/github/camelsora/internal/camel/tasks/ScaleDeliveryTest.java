package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two thousand exchanges wait at once, each for its own video, on a handful of threads. */
@Timeout(90)
class ScaleDeliveryTest extends KeyTestSupport {
    private static final int EXCHANGES = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Map<String, String> promptsByTaskId = new ConcurrentHashMap<>();
    private final AtomicLong mostThreads = new AtomicLong();

    @Test
    void twoThousandWaitAtOnceAndEachGetsItsOwnVideoOnTwelveThreads() throws Exception {
        letTasksRunLong();
        options().setPollInitialDelay(1_000);
        options().setPollInterval(2_000);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .setProperty("prompt", body())
                        .to(remix)
                        .process(exchange -> promptsByTaskId.put(
                                exchange.getMessage().getBody(VideoTask.class).id(),
                                exchange.getProperty("prompt", String.class)));
            }
        });
        for (int i = 0; i < EXCHANGES; i++) {
            begin("direct:in", "Prompt " + i);
        }
        await().atMost(LONG).until(() -> count(toApis.books().submitsAccepted() == EXCHANGES));

        toApis.tasks().forEach(task -> toApis.complete(task.id()));

        await().atMost(LONG).until(() -> count(promptsByTaskId.size() == EXCHANGES));
        assertThat(promptsByTaskId)
                .allSatisfy((id, prompt) -> assertThat(promptOf(id)).isEqualTo(prompt));
        assertThat(mostThreads.get()).isBetween(1L, 12L);
        assertPaid(EXCHANGES);
    }

    /** Counts our live threads at this moment. */
    private boolean count(boolean isDone) {
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("(" + camel.getName() + ")"))
                .filter(thread -> thread.getName().contains("Sora"))
                .count();
        mostThreads.accumulateAndGet(threads, Math::max);
        return isDone;
    }
}
