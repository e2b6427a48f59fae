package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When the routes stop, waits end at once and nothing is sent any more. */
class ShutdownHandlerTest extends TaskTestSupport {

    @Test
    void waitsEndAtOnceWithTheTaskId() {
        TestWaiter waiting = remix("key-1");

        stop();

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
        assertThat(waiting.failure().isSafeToResend()).isFalse();
    }

    @Test
    void aStopWithALedgerInMemorySaysThatTheTaskIsNotDelivered() {
        TestWaiter waiting = remix("key-1");

        stop();

        assertThat(waiting.failure()).hasMessageContaining("so it is not delivered after the next start");
    }

    @Test
    void allWaitsForOneTaskEnd() {
        TestWaiter first = remix("key-1");
        TestWaiter second = remix("key-1");

        stop();

        assertThat(first.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(second.failure()).isInstanceOf(WaitParkedException.class);
    }

    @Test
    void theTaskOfAnEndedWaitStaysRunningInTheLedger() {
        TestWaiter waiting = remix("key-1");

        stop();
        waiting.claim().release();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aTaskIsNotPolledAfterAStop() {
        remix("key-1");

        stop();
        passSeconds(600);

        assertThat(toApis.books().statusCalls()).isZero();
    }

    @Test
    void aWaiterIsNotifiedOfAStopOnce() {
        TestWaiter waiting = remix("key-1");

        stop();
        stop();
        pass(COMPLETION_TIMEOUT);

        assertThat(waiting.timesNotified()).isEqualTo(1);
    }

    @Test
    void anEndThatIsSeenWhileStoppingIsStillWritten() {
        remix("key-1");
        Hold poll = toApis.on(Call.STATUS).hold();
        toApis.complete(taskId("key-1"));
        leaveUndone(Duration.ofSeconds(5));
        CompletableFuture<Void> polling = workElsewhere();
        poll.awaitReached(SOON);

        stop();
        poll.release();
        polling.join();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aSubmitThatWaitsForAThreadEndsAsNotSent() {
        TestWaiter waiting = submit("key-1");

        stop();
        work();

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isZero();
    }

    @Test
    void aSubmitThatWaitsForItsNextTryEndsAsNotSent() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = remix("key-1");

        stop();
        pass(SUBMIT_TIMEOUT);

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void theKeyOfASubmitThatWasNotSentIsFree() {
        submit("key-1");

        stop();

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void allWaitersOfAQueuedSubmitFailAsNotSent() {
        submit("key-1");
        TestWaiter second = submit("key-1");

        stop();

        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aNewSubmitIsRejectedBeforeAByteIsSent() {
        stop();

        WaitParkedException rejection = catchThrowableOfType(WaitParkedException.class, () -> submit("key-1"));
        work();

        assertThat(rejection.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isZero();
        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void aSubmitThatTheStopOvertakesIsNotSent() {
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, claim -> {
            stop();
            return waiting.with(claim);
        });
        work();

        assertThat(posts()).isZero();
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aSubmitThatTheStopOvertakesInTheLedgerIsNotSent() {
        ledger.onceWritten(TaskState.INTENT, this::stop);

        TestWaiter waiting = remix("key-1");

        assertThat(posts()).isZero();
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aSubmitThatAFullPoolRejectedEndsAsNotSent() {
        http.stop();
        TestWaiter waiting = remix("key-1");

        stop();

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitThatIsUnderWayIsWrittenDownWhenItIsAccepted() {
        Hold post = toApis.on(Call.SUBMIT).hold();
        submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);

        stop();
        post.release();
        sending.join();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isNotNull();
    }

    @Test
    void aWaitForASubmitThatIsUnderWayEndsWithItsId() {
        Hold post = toApis.on(Call.SUBMIT).hold();
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);

        stop();
        post.release();
        sending.join();

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aSubmitThatIsUnderWayIsNotSentAgain() {
        Hold post = toApis.on(Call.SUBMIT).times(1).hold();
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);

        stop();
        post.cut();
        sending.join();
        pass(SUBMIT_TIMEOUT);

        assertThat(posts()).isEqualTo(1);
        assertThat(waiting.failure().isSafeToResend()).isFalse();
    }

    @Test
    void aSubmitThatIsRejectedWhileStoppingFailsWithTheRejection() {
        Hold post = toApis.on(Call.SUBMIT).hold();
        toApis.credits(0);
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);

        stop();
        post.release();
        sending.join();

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
    }

    @Test
    void aWaitThatBeginsLaterEndsTheSameWay() {
        remix("key-1");
        String id = taskId("key-1");
        stop();

        TestWaiter late = await(id);
        work();

        assertThat(late.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(late.failure().getTaskId()).isEqualTo(id);
    }

    @Test
    void aWaitForAForeignTaskThatBeginsLaterEndsTheSameWay() {
        String id = toApis.addTask();
        stop();

        TestWaiter late = await(id);
        work();

        assertThat(late.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(late.failure().getTaskId()).isEqualTo(id);
    }

    @Test
    void aKnownResultIsAnsweredAlsoWhileStopping() {
        remix("key-1");
        completeAndPoll("key-1");
        String id = taskId("key-1");
        stop();

        TestWaiter late = await(id);
        work();

        assertThat(late.task().id()).isEqualTo(id);
    }

    @Test
    void waitsEndAlsoWhileTheLedgerIsUnavailable() {
        TestWaiter first = submit("key-1");
        TestWaiter second = submit("key-2");
        ledger.fail();

        stop();

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }
}
