package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that are polled, by pollEnrich or by a ConsumerTemplate: one each time, and delivered when its exchange is done. */
@Timeout(60)
class TasksPollingTest extends TasksTestSupport {
    private static final String POLLED = "sora:tasks?initialDelay=0&redeliveryDelay=0";
    private static final String[] FIVE = {"order-1", "order-2", "order-3", "order-4", "order-5"};

    private ConsumerTemplate template;

    @BeforeEach
    void createTemplate() {
        template = camel.createConsumerTemplate();
    }

    @AfterEach
    void stopTemplate() {
        template.stop();
    }

    /** A route that receives one task for each message. */
    private RouteBuilder polling(String uri, long timeout) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:poll").pollEnrich(uri, timeout).process(receive);
            }
        };
    }

    @Test
    void pollEnrichReceivesOneTaskAndLeavesTheOthersDue() throws Exception {
        start(polling(POLLED, 5_000));
        endInOrder(FIVE);

        Exchange out = send("direct:poll", "body");

        assertThat(out.getMessage().getBody(VideoTask.class).key()).isEqualTo("order-1");
        assertOnlyTheFirstIsDelivered();
    }

    @Test
    void pollEnrichReceivesOneTaskFromALedgerInAFile(@TempDir Path folder) throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        start(polling(POLLED, 5_000));
        endInOrder(FIVE);

        send("direct:poll", "body");

        assertOnlyTheFirstIsDelivered();
        camel.stop();
    }

    @Test
    void aConsumerTemplateReceivesOneTaskAndLeavesTheOthersDue() throws Exception {
        start();
        endInOrder(FIVE);

        VideoTask task = template.receiveBody(POLLED, 5_000, VideoTask.class);

        assertThat(task.key()).isEqualTo("order-1");
        assertOnlyTheFirstIsDelivered();
    }

    @Test
    void eachPollReceivesTheNextTask() throws Exception {
        start(polling(POLLED, 5_000));
        endInOrder(FIVE);

        for (int i = 0; i < FIVE.length; i++) {
            send("direct:poll", "body");
        }

        awaitDelivered(List.of(FIVE));
        assertThat(receivedKeys()).containsExactly(FIVE);
    }

    @Test
    void aTaskThatATemplateHasReceivedIsDeliveredWhenItIsDoneAndNotBefore() throws Exception {
        start();
        endInOrder("order-1");
        Exchange received = template.receive(POLLED, 5_000);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
        assertThat(recordOf("order-1").owner()).isNotNull();

        template.doneUoW(received);

        delivered("order-1");
    }

    @Test
    void withoutATaskNothingIsReceivedAtOnce() throws Exception {
        start();

        assertThat(template.receiveNoWait(POLLED)).isNull();
        assertThat(template.receive(POLLED, 1)).isNull();
    }

    @Test
    void aDueTaskIsReceivedWithoutWaiting() throws Exception {
        start();
        endInOrder("order-1");

        assertThat(template.receiveBodyNoWait(POLLED, VideoTask.class).key()).isEqualTo("order-1");
    }

    @Test
    void aWaitingCallerIsNotifiedOfATaskThatEndsMeanwhile() throws Exception {
        start();
        CompletableFuture<Exchange> waiting =
                CompletableFuture.supplyAsync(() -> template.receive("sora:tasks?delay=3600000"));

        endAtOnce("order-1");

        assertThat(waiting).succeedsWithin(LIMIT);
        assertThat(waiting.join().getMessage().getBody(VideoTask.class).key()).isEqualTo("order-1");
        template.doneUoW(waiting.join());
    }

    @Test
    void onlyTasksOfTheTagAreReceived() throws Exception {
        start();
        fireAndForgetTo(remix, "order-1", "CamelSoraTag", "red");
        fireAndForgetTo(remix, "order-2", "CamelSoraTag", "blue");
        awaitDue("order-1");
        awaitDue("order-2");

        VideoTask task = template.receiveBody(POLLED + "&tag=blue", 5_000, VideoTask.class);

        assertThat(task.key()).isEqualTo("order-2");
        assertThat(template.receiveNoWait(POLLED + "&tag=blue")).isNull();
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aRouteThatFailsBehindThePollGetsTheTaskAgain() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:poll").pollEnrich(POLLED, 5_000).process(receive).process(exchange -> {
                    throw new IllegalStateException("The bucket is unavailable");
                });
            }
        });
        endInOrder("order-1");

        send("direct:poll", "body");

        soon().untilAsserted(() -> assertThat(recordOf("order-1"))
                .extracting(TaskRecord::state, TaskRecord::owner, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, null, 1));
        assertThat(template.receiveBody(POLLED, 5_000, VideoTask.class).key()).isEqualTo("order-1");
    }

    @Test
    void aTaskThatCouldNotBeMergedComesAgainAtOnce() throws Exception {
        startMerging((original, polled) -> {
            throw new IllegalStateException("These two do not fit");
        });
        endInOrder("order-1");

        send("direct:poll", "body");

        soon().untilAsserted(() -> assertThat(recordOf("order-1"))
                .extracting(TaskRecord::state, TaskRecord::owner, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, null, 1));
    }

    @Test
    void aTaskThatTheStrategyDropsIsNotDelivered() throws Exception {
        startMerging((original, polled) -> null);
        endInOrder("order-1");

        send("direct:poll", "body");

        soon().until(() -> recordOf("order-1").deliveries() == 1);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aStrategyThatKeepsTheOriginalDeliversTheTaskWithIt() throws Exception {
        startMerging((original, polled) -> {
            original.getMessage()
                    .setHeader(
                            "task", polled.getMessage().getBody(VideoTask.class).key());
            return original;
        });
        endInOrder("order-1");

        Exchange out = send("direct:poll", "body");

        assertThat(out.getMessage().getHeader("task")).isEqualTo("order-1");
        assertThat(out.getMessage().getBody()).isEqualTo("body");
        delivered("order-1");
    }

    @Test
    void aPolledTaskIsNotDeliveredBeforeItsRouteHasComeToItsEnd() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:poll").pollEnrich(POLLED, 5_000).process(exchange -> exchange.getMessage()
                        .setHeader("state", recordOf("order-1").state()));
            }
        });
        endInOrder("order-1");

        Exchange out = send("direct:poll", "body");

        assertThat(out.getMessage().getHeader("state")).isEqualTo(TaskState.ENDED);
        delivered("order-1");
    }

    @Test
    void withThrowOnFailedThePollThrowsTheFailureOfTheTaskAndThatIsItsDelivery() throws Exception {
        start(polling(POLLED + "&throwOnFailed=true", 5_000));
        send(remix + "&requestKey=order-1&waitForCompletion=false", "A puppy [fail]");
        awaitDue("order-1");

        Exchange out = send("direct:poll", "body");

        failureOf(out, TaskFailedException.class);
        delivered("order-1");
    }

    @Test
    void concurrentPollsNeverReceiveTheSameTask() throws Exception {
        start();
        List<String> keys = fireAndForgetMany(20);
        keys.forEach(this::awaitDue);
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();

        CompletableFuture<?>[] polls = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 5; i++) {
                        received.add(template.receiveBody(POLLED, 5_000, VideoTask.class)
                                .key());
                    }
                }))
                .limit(4)
                .toArray(CompletableFuture[]::new);

        assertThat(CompletableFuture.allOf(polls)).succeedsWithin(LIMIT);
        assertThat(received).containsExactlyInAnyOrderElementsOf(keys);
        awaitDelivered(keys);
    }

    @Test
    void aTaskThatWasPolledAndNeverCompletedComesAgainAfterClaimTimeout() throws Exception {
        start();
        endInOrder("order-1");
        Exchange forgotten = template.receive(POLLED + "&claimTimeout=50", 5_000);
        assertThat(forgotten).isNotNull();

        Exchange again = template.receive(POLLED, 20_000);
        template.doneUoW(forgotten);

        assertThat(again.getMessage().getBody(VideoTask.class).key()).isEqualTo("order-1");
        assertThat(recordOf("order-1"))
                .extracting(TaskRecord::state, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, 1);
        template.doneUoW(again);
        delivered("order-1");
    }

    @Test
    void aCallerThatWaitsWhenTheContextStopsGetsNothing() throws Exception {
        start();
        PollingConsumer consumer = camel.getEndpoint(POLLED).createPollingConsumer();
        consumer.start();
        CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(consumer::receive);

        camel.stop();

        assertThat(waiting).succeedsWithin(LIMIT).isNull();
    }

    @Test
    void aCallerThatWaitsWhenItsConsumerStopsGetsNothing() throws Exception {
        start();
        PollingConsumer consumer = camel.getEndpoint(POLLED).createPollingConsumer();
        consumer.start();
        CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(() -> consumer.receive(3_600_000));
        soon().until(() -> ((TasksPollingConsumer) consumer).hasWaitingCaller());

        consumer.stop();

        assertThat(waiting).succeedsWithin(LIMIT).isNull();
    }

    @Test
    void aRouteThatPollsHoldsUpNoStop() throws Exception {
        start(polling(POLLED, -1));
        CompletableFuture<Exchange> polling = CompletableFuture.supplyAsync(() -> send("direct:poll", "body"));
        soon().until(() -> camel.getInflightRepository().size() > 0);

        camel.stop();

        assertThat(polling).succeedsWithin(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "startScheduler=false",
                "initialDelay=3600000&delay=3600000",
                "scheduler=quartz&scheduler.cron=0+0+0+1+1+?",
                "maxMessagesPerPoll=1&concurrentConsumers=1&greedy=true"
            })
    void optionsOfASchedulerDoNotHoldUpAPoll(String options) throws Exception {
        start();
        endInOrder("order-1");

        VideoTask task = template.receiveBodyNoWait("sora:tasks?" + options, VideoTask.class);

        assertThat(task.key()).isEqualTo("order-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"remix", "generate", "status", "await", "download", "balance"})
    void operationsOnMessagesAreNotPolled(String operation) throws Exception {
        start(polling("sora:" + operation, 0));

        Exchange out = send("direct:poll", "body");

        assertThat(out.getException())
                .hasStackTraceContaining("'" + operation + "'")
                .hasStackTraceContaining("to() or enrich()");
    }

    @Test
    void eventsAreNotPolled() throws Exception {
        start(polling("sora:webhook?webhookPath=/hooks&webhookSecret=secret", 0));

        Exchange out = send("direct:poll", "body");

        assertThat(out.getException())
                .hasStackTraceContaining("'webhook'")
                .hasStackTraceContaining("'tasks' can be polled");
    }

    @Test
    void aQueueInMemoryIsRejectedInWords() throws Exception {
        start();
        EventDrivenPollingConsumer queue = new EventDrivenPollingConsumer(camel.getEndpoint(POLLED));

        assertThatThrownBy(queue::start).hasStackTraceContaining("createPollingConsumer()");
    }

    private void startMerging(AggregationStrategy strategy) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:poll").pollEnrich(POLLED, 5_000, strategy);
            }
        });
    }

    /** Ends a task that is received as soon as it is due. */
    private void endAtOnce(String key) {
        fireAndForget(key);
        soon().until(() -> recordOf(key).result() != null);
    }

    private void assertOnlyTheFirstIsDelivered() {
        delivered(FIVE[0]);
        assertThat(Stream.of(FIVE).skip(1)).allSatisfy(key -> assertThat(recordOf(key))
                .extracting(TaskRecord::state, TaskRecord::owner, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, null, 0));
    }
}
