package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.operator.OperatorService;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator forgets or retries begins anew: nothing of the task before reaches the one that comes after. */
class ForgottenKeyTest extends TaskTestSupport {
    private static final Operator BY = new Operator("joe", null);

    private OperatorService operatorService;

    @BeforeEach
    void useTheOperatorService() {
        operatorService = engine.operator;
    }

    @Test
    void aSubmitAfterAForgetWaitsForTheNewTask() {
        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");
        operatorService.forget(ref("key-1"), BY);

        TestWaiter second = remix("key-1");
        assertThat(second.timesNotified()).isZero();
        completeAndPoll("key-1");

        assertThat(second.task().id())
                .isEqualTo(taskId("key-1"))
                .isNotEqualTo(first.task().id());
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void acceptanceAfterAForgetIsAnsweredWithTheNewId() {
        TestWaiter first = remix("key-1");
        passInSteps(TRACKING_TIMEOUT.plusMinutes(5), Duration.ofMinutes(5));
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        operatorService.forget(ref("key-1"), BY);

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(second.task().id())
                .isEqualTo(taskId("key-1"))
                .isNotEqualTo(first.failure().getTaskId());
    }

    @Test
    void aClaimFromBeforeAForgetDoesNotDeliverTheNextTask() {
        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");
        operatorService.forget(ref("key-1"), BY);
        remix("key-1");
        completeAndPoll("key-1");

        first.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aClaimFromBeforeAForgetDoesNotReleaseTheNextTask() {
        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");
        operatorService.forget(ref("key-1"), BY);
        remix("key-1");
        completeAndPoll("key-1");

        first.claim().release();

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void aRetryIsFollowedToItsEndAlsoWhileTheFailureIsStillHandled() {
        remix("key-1");
        failAndPoll("key-1");

        operatorService.retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy"));
        work();
        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").result()).contains("COMPLETED");
    }

    @Test
    void aForgetDuringANewSubmitIsRejected() {
        remix("key-1").claim().release();
        passInSteps(TRACKING_TIMEOUT.plusMinutes(5), Duration.ofMinutes(5));
        ledger.onceAfterFind(() -> submit("key-1"));

        assertThatThrownBy(() -> operatorService.forget(ref("key-1"), BY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RUNNING");
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aRetryDuringANewSubmitPaysOnce() {
        toApis.on(Call.SUBMIT).times(1).answer(400, "{}");
        remix("key-1").claim().release();
        ledger.onceAfterFind(() -> submit("key-1"));

        assertThatThrownBy(() -> operatorService.retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INTENT");
        work();

        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aForgetFailsTheWaitersOfALostSubmit() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        TestWaiter first = remix("key-1");

        operatorService.forget(ref("key-1"), BY);
        work();

        assertThat(first.failure()).isInstanceOf(SubmissionUnknownException.class);
    }

    @Test
    void theSearchForAForgottenSubmitNotifiesNoWaiterOfTheNext() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");
        operatorService.forget(ref("key-1"), BY);
        TestWaiter second = remix("key-1");

        passInSteps(RECOVERY_TIMEOUT.plusSeconds(10), Duration.ofSeconds(10));

        assertThat(second.timesNotified()).isZero();
        completeAndPoll("key-1");
        assertThat(second.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    // The old task is found by the key that the new submit has, too.
    @Test
    void aSearchThatIsUnderWayWhenItsKeyIsForgottenFindsNothingForTheNextSubmit() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");
        Hold look = toApis.on(Call.STATUS).times(1).afterProcessing().hold();
        leaveUndone(Duration.ofSeconds(1));
        CompletableFuture<Void> looking = workElsewhere();
        look.awaitReached(SOON);
        operatorService.forget(ref("key-1"), BY);
        TestWaiter second = submit("key-1", Goal.ACCEPTED);

        look.release();
        looking.join();
        work();

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(toApis.tasks().get(toApis.tasks().size() - 1).id()).isEqualTo(taskId("key-1"));
    }

    private void failAndPoll(String key) {
        toApis.fail(taskId(key), "generation_failed", "Too dark");
        passSeconds(15);
    }
}
