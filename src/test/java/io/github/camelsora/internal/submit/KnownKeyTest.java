package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.cluster.Contenders;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A key that is known already: a running task is waited for, a result is answered, nothing is paid again. */
class KnownKeyTest extends TaskTestSupport {

    @Test
    void aSubmitUnderTheKeyOfARunningTaskWaitsForItAndPaysNothing() {
        remix("key-1");

        TestWaiter second = remix("key-1");
        completeAndPoll("key-1");

        assertThat(second.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSecondWaiterDoesNotReplaceTheFirst() {
        TestWaiter first = remix("key-1");
        remix("key-1");

        completeAndPoll("key-1");

        assertThat(first.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void acceptanceOfARunningTaskIsAnsweredWithItsId() {
        remix("key-1");

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void acceptanceOfATaskThatOnlyTheLedgerKnowsIsAnsweredWithItsId() {
        addRunning("key-1", toApis.addTask());
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, waiting::with);
        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aCompletedTaskIsAnsweredFromTheLedger() {
        remix("key-1");
        completeAndPoll("key-1");
        long asked = toApis.books().statusCalls();

        TestWaiter second = remix("key-1");

        assertThat(second.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.books().statusCalls()).isEqualTo(asked);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aDeliveredTaskIsAnsweredOnceMore() {
        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");
        first.claim().delivered();

        TestWaiter second = remix("key-1");

        assertThat(second.task()).isEqualTo(first.task());
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anAnswerFromTheLedgerChangesNothingInIt() {
        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");
        first.claim().delivered();

        remix("key-1").claim().release();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aFailedTaskIsTheSameFailureAgain() {
        TestWaiter first = remix("key-1");
        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        passSeconds(5);

        TestWaiter second = remix("key-1");

        assertThat(second.task()).isEqualTo(first.task());
        assertThat(second.task().errorMessage()).isEqualTo("Too dark");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aDifferentRequestUnderAKnownKeyIsRejectedBeforeAnythingIsSent() {
        remix("key-1");

        KeyConflictException conflict = catchThrowableOfType(
                KeyConflictException.class,
                () -> submits.submit(
                        submission("key-1", "Add a kitten"), Goal.ENDED, claim -> new TestWaiter().with(claim)));
        work();

        assertThat(conflict.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(conflict.getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aConflictLeavesTheOtherWaiting() {
        TestWaiter first = remix("key-1");

        catchThrowableOfType(
                KeyConflictException.class,
                () -> submits.submit(
                        submission("key-1", "Add a kitten"), Goal.ENDED, claim -> new TestWaiter().with(claim)));

        assertThat(first.timesNotified()).isZero();
    }

    @Test
    void aSubmitWhoseAnswerWasLostIsNotSentAgainUnderItsKey() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");
        pass(RECOVERY_TIMEOUT);

        TestWaiter second = remix("key-1");
        pass(RECOVERY_TIMEOUT);

        assertThat(second.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void ofTwoSubmitsOfOneKeyOneIsSent() {
        submit("key-1");
        submit("key-1");

        work();

        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void ofTwoSubmitsOfOneKeyBothAreAnswered() {
        TestWaiter first = submit("key-1");
        TestWaiter second = submit("key-1");
        work();

        completeAndPoll("key-1");

        assertThat(first.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(second.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aRejectionFailsBothSubmitsOfOneKey() {
        toApis.on(Call.SUBMIT).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        TestWaiter first = submit("key-1");
        TestWaiter second = submit("key-1");

        work();

        assertThat(second.failure()).isSameAs(first.failure());
        assertThat(posts()).isEqualTo(1);
    }

    // The second submit finds the intent; when it reads again, the answer is written but no waiter is notified yet.
    @Test
    void aTaskThatIsJoinedWhileItIsAcceptedIsPolledOncePerInterval() {
        ledger.onceWritten(TaskState.RUNNING, () -> submit("key-1"));
        remix("key-1");
        int early = toApis.books().polls(taskId("key-1"));

        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(toApis.books().polls(taskId("key-1")) - early).isLessThanOrEqualTo(6);
    }

    // The second submit finds the rejection in the ledger before the waiters are notified of it.
    @Test
    void aNewSubmitDoesNotFailWithTheEarlierRejection() throws Exception {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        TestWaiter second = new TestWaiter();
        Thread newcomer =
                new Thread(() -> submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, second::with));
        ledger.onceWritten(TaskState.REJECTED, () -> {
            newcomer.start();
            awaitBlockedOrDone(newcomer);
        });

        remix("key-1");
        newcomer.join();
        // It may find the key still reserved, and then tries again a second later.
        passSeconds(2);

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
    }

    // An error handler without a delay does so.
    @Test
    void aWaiterThatSubmitsAgainOnARejectionFindsTheKeyFree() {
        wire(ledger, http, Runnable::run);
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        TestWaiter second = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, claim -> new TaskWaiter() {
            @Override
            public void onReached(VideoTask task) {
                throw new AssertionError("It was rejected");
            }

            @Override
            public void onFailed(SoraException reason) {
                submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, second::with);
            }
        });
        work();

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(2);
    }

    // The second submit waits for the intent of the first, is notified of its rejection, and reads the rejection after
    // that.
    @Test
    void aWaiterOfARejectedSubmitSendsNothing() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        submit("key-1");
        ledger.onceBeforeFind(this::work);

        TestWaiter second = submit("key-1");
        work();

        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void ofManySubmitsOfOneKeyAtOnceOneIsSentAndAllAreAnswered() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        wire(ledger, pool, Runnable::run);
        try {
            for (int round = 0; round < 20; round++) {
                String key = "key-" + round;

                List<TestWaiter> all = Contenders.all(8, contender -> submit(key, Goal.ACCEPTED));
                awaitNotified(all);

                assertThat(all).extracting(waiting -> waiting.task().id()).containsOnly(taskId(key));
                assertThat(toApis.books().acceptedByKey()).containsEntry(key, 1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitBlockedOrDone(Thread thread) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> thread.getState() == Thread.State.BLOCKED || thread.getState() == Thread.State.TERMINATED);
    }

    private static void awaitNotified(List<TestWaiter> all) {
        Awaitility.await().atMost(SOON).until(() -> all.stream().allMatch(waiting -> waiting.timesNotified() > 0));
    }
}
