package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route that is stopped alone, while the context goes on, leaves what it waits for to others. */
class StoppedRouteDeliveryTest extends KeyTestSupport {
    private static final int EXCHANGES = 20;

    private final List<CompletableFuture<Exchange>> waiting = new ArrayList<>();

    @BeforeEach
    void letExchangesWait() throws Exception {
        letTasksRunLong();
        // Should exchanges be left over, the context need not wait for them as long as by default.
        camel.getShutdownStrategy().setTimeout(5);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stopped")
                        .routeId("stopped")
                        .to(remix + "&requestKey=${body}")
                        .process(keepVideo);
                from("direct:other").to("sora:await");
            }
        });
        for (int i = 0; i < EXCHANGES; i++) {
            waiting.add(begin("direct:stopped", key(i)));
        }
        await().atMost(LIMIT).ignoreException(NoSuchElementException.class).until(() -> records().stream()
                .allMatch(record -> record.taskId() != null));
    }

    @Test
    void aTaskThatAStoppedRouteWaitedForIsFreeForOthersOnceItHasEnded() throws Exception {
        stopTheRoute();

        records().forEach(record -> toApis.complete(record.taskId()));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(records()).allSatisfy(record -> assertThat(record)
                .extracting(TaskRecord::state, TaskRecord::owner)
                .containsExactly(TaskState.ENDED, null)));
    }

    @Test
    void everyExchangeOfAStoppedRouteEnds() throws Exception {
        stopTheRoute();

        assertThat(allOf(waiting)).succeedsWithin(LIMIT);
    }

    @Test
    void noExchangeOfAStoppedRouteContinuesWithAVideo() throws Exception {
        stopTheRoute();

        records().forEach(record -> toApis.complete(record.taskId()));

        assertThat(allOf(waiting)).succeedsWithin(LIMIT);
        assertThat(waiting).extracting(each -> each.join().getException()).doesNotContainNull();
        assertThat(videos).isEmpty();
    }

    @Test
    void anotherRouteAwaitsATaskOfAStoppedRoute() throws Exception {
        stopTheRoute();
        String id = recordOf(key(0)).taskId();
        CompletableFuture<Exchange> other = begin("direct:other", null, "CamelSoraTaskId", id);

        toApis.complete(id);

        assertThat(other.get(20, TimeUnit.SECONDS)
                        .getMessage()
                        .getBody(VideoTask.class)
                        .id())
                .isEqualTo(id);
    }

    @Test
    void aRouteThatStartsAgainJoinsTheTaskItHadWaitedFor() throws Exception {
        stopTheRoute();
        camel.getRouteController().startRoute("stopped");
        CompletableFuture<Exchange> again = begin("direct:stopped", key(0));

        toApis.complete(recordOf(key(0)).taskId());

        assertThat(again)
                .succeedsWithin(LIMIT)
                .extracting(Exchange::getException)
                .isNull();
        assertPaid(EXCHANGES);
    }

    /** Camel waits a second for what is in flight, and then stops the route all the same. */
    private void stopTheRoute() throws Exception {
        camel.getRouteController().stopRoute("stopped", 1, TimeUnit.SECONDS);
    }

    private List<TaskRecord> records() {
        return IntStream.range(0, EXCHANGES).mapToObj(i -> recordOf(key(i))).toList();
    }

    private static String key(int number) {
        return "order-" + number;
    }
}
