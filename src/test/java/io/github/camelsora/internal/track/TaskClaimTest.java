package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While an exchange claims a task, no other route delivers it; after that this node drops it from memory. */
class TaskClaimTest extends TaskTestSupport {

    @Test
    void anEndedTaskIsOwnedByTheNodeWhoseExchangeClaimsIt() {
        remix("key-1");

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void anEndedTaskWithoutAClaimHasNoOwner() {
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        work();
        waiting.claim().release();

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aResultWhoseClaimIsDeliveredIsDelivered() {
        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");

        waiting.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
        assertThat(record("key-1").times().deliveredAt()).isEqualTo(ledger.now());
    }

    @Test
    void aResultThatIsReleasedIsDueForAnotherRoute() {
        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");

        waiting.claim().release();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aClaimEndsOnce() {
        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");

        waiting.claim().release();
        waiting.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void releasingTwiceDoesNotEndAnotherClaim() {
        TestWaiter first = remix("key-1");
        remix("key-1");
        completeAndPoll("key-1");

        first.claim().release();
        first.claim().release();

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void aTaskKeepsItsOwnerWhileAnotherClaimIsHeld() {
        TestWaiter first = remix("key-1");
        remix("key-1");
        completeAndPoll("key-1");

        first.claim().release();

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void oneOfTwoClaimsIsEnoughToDeliver() {
        TestWaiter first = remix("key-1");
        TestWaiter second = remix("key-1");
        completeAndPoll("key-1");

        first.claim().delivered();
        second.claim().release();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void theLastOfTwoClaimsCanStillDeliver() {
        TestWaiter first = remix("key-1");
        TestWaiter second = remix("key-1");
        completeAndPoll("key-1");

        first.claim().release();
        second.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aClaimThatIsReleasedBeforeTheEndLeavesTheTaskTracked() {
        remix("key-1").claim().release();

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aClaimAfterTheEndMakesThisNodeTheOwnerAgain() {
        remix("key-1").claim().release();
        completeAndPoll("key-1");

        TestWaiter late = remix("key-1");

        assertThat(late.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void aClaimCanBeWaitedOnAgain() {
        TestWaiter first = remix("key-1");
        pass(COMPLETION_TIMEOUT);
        TestWaiter again = new TestWaiter();

        engine.registry.await(first.claim(), Goal.ENDED, COMPLETION_TIMEOUT, TestWaiter.REQUEST, again);
        completeAndPoll("key-1");

        assertThat(again.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aResultThatWasSetAsideIsAnsweredAndCanBeDelivered() {
        remix("key-1").claim().release();
        completeAndPoll("key-1");
        ledger.replace(record("key-1").withState(TaskState.SET_ASIDE));

        TestWaiter late = remix("key-1");
        late.claim().delivered();

        assertThat(late.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void afterAThousandTasksNothingIsLeftInMemory() {
        toApis.taskDuration(Duration.ZERO);
        for (int i = 0; i < 1_000; i++) {
            remix("key-" + i).claim().release();
        }

        passSeconds(5);

        assertThat(engine.entries.count()).isZero();
        assertThat(state("key-999")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aRejectedSubmitIsNotLeftInMemory() {
        toApis.on(Call.SUBMIT).answer(422, "{}");

        remix("key-1").claim().release();

        assertThat(engine.entries.count()).isZero();
    }

    @Test
    void aClaimedTaskStaysInMemory() {
        remix("key-1");

        completeAndPoll("key-1");

        assertThat(engine.entries.count()).isEqualTo(1);
    }
}
