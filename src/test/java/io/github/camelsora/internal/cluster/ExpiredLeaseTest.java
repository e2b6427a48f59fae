package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TestWaiter;
import org.junit.jupiter.api.Test;

/** What a node may do, and may not, after its lease has run out. */
class ExpiredLeaseTest extends ClusterTestSupport {
    private static final Operator BY = new Operator("joe", null);

    @Test
    void afterAnOutageOfTheLedgerNoNodeTakesOverTasksOfLiveNodes() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        second.pause();
        leaveUndone(Node.LEASE.plusSeconds(10));

        second.goOn();
        elapseSeconds(10);
        first.goOn();
        elapseSeconds(10);

        assertThat(record("key-1").owner()).isEqualTo("first");
        complete("key-1");
        elapseSeconds(15);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aNodeTakesOverAgainAfterALeaseOfItsOwn() {
        remixOn(first, "key-1");
        first.pause();
        second.pause();
        leaveUndone(Node.LEASE.plusSeconds(10));

        second.goOn();
        outlastTheLease();

        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @Test
    void aNodeWithoutALeaseTakesOverNothing() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        first.pause();
        leaveUndone(Node.LEASE.plusSeconds(1));

        assertThat(first.due()).isEmpty();
    }

    @Test
    void aRequestThatAnotherNodeSentBeforeItsRetryIsNotSentTwice() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = first.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED);
        first.work();
        first.pause();
        fireAndForgetOn(second, "key-1");

        first.goOn();
        elapseSeconds(60);

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    // Its intent is written when it has its turn, and the node is paused before the first byte.
    @Test
    void aRequestThatWasTakenOverBetweenIntentAndPermitIsNotSent() {
        toApis.lookup(LookUp.OFF);
        first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        first.pause();

        outlastTheLease();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        first.goOn();
        elapseSeconds(60);

        assertThat(posts()).isZero();
    }

    // An operator has forgotten the key while this node had no lease, and another node is sending it.
    @Test
    void aLateRejectionNeverChangesTheIntentOfAnotherNode() {
        writeIntentOf("second", "key-1");

        TaskEvent rejected = new TaskEvent.IntentWithdrawn(record("key-1").wireKey(), "rejected");
        new LedgerWriter(ledger, "first", true, (entry, change) -> {}).apply(ref("key-1"), rejected);

        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @Test
    void aRequestThatWasNotTakenOverIsSentAfterThePause() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        second.stop();
        TestWaiter waiting = first.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED);
        first.work();
        first.pause();
        leaveUndone(Node.LEASE.plusSeconds(10));

        first.goOn();
        elapseSeconds(60);

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(2);
    }

    // An operator has retried the key on another node: under it stands another task now.
    @Test
    void aLateCompletionOfAnEarlierTaskCompletesNoOther() {
        fireAndForgetOn(first, "key-1");
        String earlier = taskId("key-1");
        first.pause();
        toApis.fail(earlier, "generation_failed", "Too dark");
        signal(second.engine, client.query(earlier) instanceof QueryAnswer.Found found ? found.task() : null);
        second.operatorService.retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy"));
        second.work();
        String later = taskId("key-1");
        assertThat(later).isNotEqualTo(earlier);

        first.goOn();
        elapseSeconds(15);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        complete("key-1");
        elapseSeconds(15);
        assertThat(deliverOn(second).id()).isEqualTo(later);
    }
}
