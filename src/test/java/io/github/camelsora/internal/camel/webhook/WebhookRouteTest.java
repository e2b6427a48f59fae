package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.LogCapture;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A completion that a webhook reports reaches the waiting exchange or sora:tasks at once, and once, however often it is reported. */
class WebhookRouteTest extends WebhookTestSupport {

    @Test
    void aWaitingExchangeContinues() throws Exception {
        start(receiving(RECEIVER));
        CompletableFuture<Exchange> waiting = begin(remix + "&requestKey=order-1", "A puppy");

        int status = completed(taskIdOf("order-1"), "order-1").send().statusCode();

        assertThat(status).isEqualTo(200);
        VideoTask task = waiting.get(20, TimeUnit.SECONDS).getMessage().getBody(VideoTask.class);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(task.key()).isEqualTo("order-1");
        assertThat(task.videoUrl()).isEqualTo("https://files.toapis.com/x.mp4");
        assertThat(toApis.requests(Call.STATUS)).isEmpty();
    }

    @Test
    void aFailureReachesItsWaiters() throws Exception {
        start(receiving(RECEIVER));
        CompletableFuture<Exchange> waiting = begin(remix + "&requestKey=order-1", "A puppy");

        failed(taskIdOf("order-1")).send();

        Exchange out = waiting.get(20, TimeUnit.SECONDS);
        assertThat(failureOf(out, TaskFailedException.class)).hasMessageContaining("It is refused");
    }

    @Test
    void aTaskWithoutAWaiterGoesToTheTasksRoute() throws Exception {
        start(receiving(RECEIVER), receivingTasks(ON_NOTIFICATION));
        fireAndForget("order-1");

        completed(recordOf("order-1").taskId(), "order-1").send();

        awaitReceived(1);
        assertThat(receivedKeys()).containsExactly("order-1");
        delivered("order-1");
    }

    @Test
    void itIsInTheLedgerBeforeItIsAnswered() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");

        completed(recordOf("order-1").taskId(), "order-1").send();

        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aDoubledEventChangesNothing() throws Exception {
        start(receiving(RECEIVER), receivingTasks(ON_NOTIFICATION));
        fireAndForget("order-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");
        event.send();
        delivered("order-1");

        int status = event.send().statusCode();

        assertThat(status).isEqualTo(200);
        awaitNotices(2);
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    @Test
    void aLaterEventDoesNotChangeTheEnd() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        String taskId = recordOf("order-1").taskId();
        failed(taskId).send();

        int status = completed(taskId, "order-1").send().statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(recordOf("order-1").result())
                .contains("content_policy_violation")
                .doesNotContain("x.mp4");
    }

    @Test
    void anEventThatMixesUpTwoTasksEndsNeitherAndIsNotLoggedAsOfAnUnknownTask() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        fireAndForget("order-2");
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Event mixed = completed(recordOf("order-2").taskId(), "order-1");

        try (LogCapture log = new LogCapture(lines)) {
            assertThat(mixed.send().statusCode()).isEqualTo(200);
        }

        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(recordOf("order-2").state()).isEqualTo(TaskState.RUNNING);
        assertThat(lines)
                .anyMatch(line -> line.contains(mixed.id) && line.contains("contradicts"))
                .noneMatch(line -> line.contains(mixed.id) && line.contains("not in the ledger"));
    }

    @Test
    void aSubmitWhoseAnswerWasLostIsFoundByTheKeyThatItsEventCarries() throws Exception {
        start(receiving(RECEIVER));
        options().setRecoveryTimeout(20_000);
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        CompletableFuture<Exchange> waiting = begin(remix + "&requestKey=order-1&recoveryTimeout=20s", "A puppy");
        awaitState("order-1", TaskState.UNKNOWN);

        completed("video_found", "order-1").send();

        assertThat(waiting.get(20, TimeUnit.SECONDS)
                        .getMessage()
                        .getBody(VideoTask.class)
                        .id())
                .isEqualTo("video_found");
        assertPaid(1);
    }

    @Test
    void anEventThatComesBeforeTheAnswerToItsSubmitHasToComeAgain() throws Exception {
        start(receiving(RECEIVER));
        Hold answer = toApis.on(Call.SUBMIT).afterProcessing().hold();
        CompletableFuture<Exchange> waiting = begin(remix + "&requestKey=order-1", "A puppy");
        answer.awaitReached(LIMIT);
        Event event = completed(toApis.tasks().get(toApis.tasks().size() - 1).id(), "order-1");

        int early = event.send().statusCode();
        answer.release();
        taskIdOf("order-1");
        int again = event.send().statusCode();

        assertThat(early).isEqualTo(503);
        assertThat(again).isEqualTo(200);
        assertThat(waiting.get(20, TimeUnit.SECONDS)
                        .getMessage()
                        .getBody(VideoTask.class)
                        .key())
                .isEqualTo("order-1");
    }

    @Test
    void aCompletedEventWithoutAVideoIsQueriedBeforeItCounts() throws Exception {
        start(receiving(RECEIVER));
        CompletableFuture<Exchange> waiting = begin(remix + "&requestKey=order-1", "A puppy");
        String taskId = taskIdOf("order-1");
        toApis.complete(taskId);

        new Event("generation.completed", "{\"task_id\":\"" + taskId + "\",\"status\":\"SUCCESS\"}").send();

        VideoTask task = waiting.get(20, TimeUnit.SECONDS).getMessage().getBody(VideoTask.class);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.requests(Call.STATUS)).hasSize(1);
    }

    @Test
    void anEventWhoseTypeAndStatusDisagreeEndsNothing() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        Event event = failed(recordOf("order-1").taskId());
        event.body = event.body.replace("generation.failed", "generation.completed");

        int status = event.send().statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aTaskOfAnotherAccountIsNotEnded() throws Exception {
        start(receiving(RECEIVER + "&account=other"));
        fireAndForget("order-1");

        int status = completed(recordOf("order-1").taskId(), "order-1").send().statusCode();

        assertThat(status).isEqualTo(200);
        awaitNotices(1);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }
}
