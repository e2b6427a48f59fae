package io.github.camelsora.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.task.TaskWaiter.Goal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who holds a task: while an exchange claims it, it is nobody else's to deliver, and after that it is forgotten here. */
class ClaimTest extends TaskTestSupport {

    @Test
    void anEndedTaskBelongsToTheNodeWhoseExchangeClaimsIt() {
        remix("key-1");

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void anEndedTaskThatNobodyClaimsBelongsToNobody() {
        Waiting waiting = submit("key-1", Goal.ACCEPTED);
        work();
        waiting.claim().giveBack();

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aVerdictThatWasTakenIsDelivered() {
        Waiting waiting = remix("key-1");
        completeAndPoll("key-1");

        waiting.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
        assertThat(record("key-1").times().deliveredAt()).isEqualTo(ledger.now());
    }

    @Test
    void aVerdictThatWasGivenBackWaitsForAnother() {
        Waiting waiting = remix("key-1");
        completeAndPoll("key-1");

        waiting.claim().giveBack();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aClaimEndsOnce() {
        Waiting waiting = remix("key-1");
        completeAndPoll("key-1");

        waiting.claim().giveBack();
        waiting.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void givingBackTwiceTakesNothingFromAnotherClaim() {
        Waiting first = remix("key-1");
        remix("key-1");
        completeAndPoll("key-1");

        first.claim().giveBack();
        first.claim().giveBack();

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void whileAnotherClaimIsHeldTheTaskStaysOurs() {
        Waiting first = remix("key-1");
        remix("key-1");
        completeAndPoll("key-1");

        first.claim().giveBack();

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void oneOfTwoClaimsIsEnoughToDeliver() {
        Waiting first = remix("key-1");
        Waiting second = remix("key-1");
        completeAndPoll("key-1");

        first.claim().delivered();
        second.claim().giveBack();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void theLastOfTwoClaimsCanStillDeliver() {
        Waiting first = remix("key-1");
        Waiting second = remix("key-1");
        completeAndPoll("key-1");

        first.claim().giveBack();
        second.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aClaimThatIsGivenBackBeforeTheEndLeavesTheTaskTracked() {
        remix("key-1").claim().giveBack();

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void whoComesAfterTheEndMakesTheTaskOursAgain() {
        remix("key-1").claim().giveBack();
        completeAndPoll("key-1");

        Waiting late = remix("key-1");

        assertThat(late.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void aClaimCanBeWaitedOnAgain() {
        Waiting first = remix("key-1");
        pass(COMPLETION_TIMEOUT);
        Waiting again = new Waiting();

        first.claim().await(Goal.ENDED, COMPLETION_TIMEOUT, again);
        completeAndPoll("key-1");

        assertThat(again.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aVerdictThatWasSetAsideIsAnsweredAndCanBeDelivered() {
        remix("key-1").claim().giveBack();
        completeAndPoll("key-1");
        ledger.replace(record("key-1").withState(TaskState.SET_ASIDE));

        Waiting late = remix("key-1");
        late.claim().delivered();

        assertThat(late.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void afterAThousandTasksNothingIsLeftInMemory() {
        toApis.taskDuration(Duration.ZERO);
        for (int i = 0; i < 1_000; i++) {
            remix("key-" + i).claim().giveBack();
        }

        passSeconds(5);

        assertThat(tracker.trackedTasks()).isZero();
        assertThat(state("key-999")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void whatWasRefusedIsNotLeftInMemory() {
        toApis.on(Call.SUBMIT).answer(422, "{}");

        remix("key-1").claim().giveBack();

        assertThat(tracker.trackedTasks()).isZero();
    }

    @Test
    void whatIsStillClaimedStaysInMemory() {
        remix("key-1");

        completeAndPoll("key-1");

        assertThat(tracker.trackedTasks()).isEqualTo(1);
    }
}
