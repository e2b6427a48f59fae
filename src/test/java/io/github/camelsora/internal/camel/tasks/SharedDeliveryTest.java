package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several exchanges ask for one task: all get its answer, and it is delivered as soon as one of them has completed. */
class SharedDeliveryTest extends KeyTestSupport {
    @BeforeEach
    void startRoutesThatCompleteOrFail() throws Exception {
        letTasksRunLong();
        remix += "&requestKey=order-1";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:completing").to(remix);
                from("direct:failing").to(remix).process(exchange -> {
                    throw new IllegalStateException("The bucket is unavailable");
                });
                from("direct:awaiting").to("sora:await");
                from("direct:impatient").to(remix + "&completionTimeout=30");
            }
        });
    }

    @Test
    void twoExchangesOfOneKeyBothGetItsVideo() throws Exception {
        CompletableFuture<Exchange> first = begin("direct:completing", "A puppy");
        CompletableFuture<Exchange> second = begin("direct:completing", "A puppy");

        complete();

        assertThat(videoOf(first)).isEqualTo(videoOf(second));
        assertPaid(1);
    }

    @Test
    void awaitBesideAWaitingRemixGetsItsVideoToo() throws Exception {
        CompletableFuture<Exchange> remixing = begin("direct:completing", "A puppy");
        CompletableFuture<Exchange> awaiting = begin("direct:awaiting", null, "CamelSoraTaskId", taskId());

        complete();

        assertThat(videoOf(awaiting)).isEqualTo(videoOf(remixing));
    }

    @Test
    void awaitBesideAWaitingRemixAddsNoSecondRecord() throws Exception {
        CompletableFuture<Exchange> remixing = begin("direct:completing", "A puppy");
        CompletableFuture<Exchange> awaiting = begin("direct:awaiting", null, "CamelSoraTaskId", taskId());

        complete();

        assertThat(videoOf(remixing).key()).isEqualTo("order-1");
        assertThat(videoOf(awaiting).key()).isEqualTo("order-1");
    }

    @Test
    void oneOfTwoExchangesThatCompletesIsEnough() throws Exception {
        CompletableFuture<Exchange> failing = begin("direct:failing", "A puppy");
        CompletableFuture<Exchange> completing = begin("direct:completing", "A puppy");

        complete();

        assertThat(failing).succeedsWithin(LIMIT);
        assertThat(completing).succeedsWithin(LIMIT);
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.DELIVERED);
    }

    @Test
    void twoExchangesThatBothFailReleaseTheTask() throws Exception {
        CompletableFuture<Exchange> first = begin("direct:failing", "A puppy");
        CompletableFuture<Exchange> second = begin("direct:failing", "A puppy");

        complete();

        assertThat(first).succeedsWithin(LIMIT);
        assertThat(second).succeedsWithin(LIMIT);
        assertReleased();
    }

    @Test
    void aReleasedTaskIsAnsweredToTheNextSubmitUnderItsKey() throws Exception {
        CompletableFuture<Exchange> failing = begin("direct:failing", "A puppy");
        complete();
        assertThat(failing).succeedsWithin(LIMIT);

        VideoTask video = videoOf(begin("direct:completing", "A puppy"));

        assertThat(promptOf(video.id())).isEqualTo("A puppy");
        assertPaid(1);
    }

    @Test
    void aTaskThatWasReleasedAndAcquiredIsDelivered() throws Exception {
        CompletableFuture<Exchange> failing = begin("direct:failing", "A puppy");
        complete();
        assertThat(failing).succeedsWithin(LIMIT);

        videoOf(begin("direct:completing", "A puppy"));

        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.DELIVERED);
    }

    @Test
    void aDeliveredTaskIsAnsweredAgain() throws Exception {
        CompletableFuture<Exchange> first = begin("direct:completing", "A puppy");
        complete();
        VideoTask delivered = videoOf(first);
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.DELIVERED);

        VideoTask again = videoOf(begin("direct:completing", "A puppy"));

        assertThat(again).isEqualTo(delivered);
    }

    @Test
    void anExchangeThatTimesOutLeavesTheTaskToTheOther() throws Exception {
        CompletableFuture<Exchange> patient = begin("direct:completing", "A puppy");
        CompletableFuture<Exchange> impatient = begin("direct:impatient", "A puppy");
        failureOf(impatient.get(20, TimeUnit.SECONDS), WaitTimedOutException.class);

        complete();

        assertThat(promptOf(videoOf(patient).id())).isEqualTo("A puppy");
        assertPaid(1);
    }

    private String taskId() {
        await().atMost(LIMIT).until(() -> recordOf("order-1").taskId() != null);
        return recordOf("order-1").taskId();
    }

    private void complete() {
        toApis.complete(taskId());
    }

    private static VideoTask videoOf(CompletableFuture<Exchange> done) throws Exception {
        Exchange out = done.get(20, TimeUnit.SECONDS);
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(VideoTask.class);
    }

    /** Ended, without an owner. */
    private void assertReleased() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(recordOf("order-1"))
                .extracting(TaskRecord::state, TaskRecord::owner)
                .containsExactly(TaskState.ENDED, null));
    }
}
