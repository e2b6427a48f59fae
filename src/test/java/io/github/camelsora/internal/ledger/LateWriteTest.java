package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.internal.cluster.Node;
import io.github.camelsora.internal.cluster.WorkQueue;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A write fails while the ledger is unavailable: it is repeated when the ledger is back, and no exchange waits for that. */
class LateWriteTest extends ClusterTestSupport {

    @BeforeEach
    void leaveOneNode() {
        second.stop();
    }

    @Test
    void aDeliveryIsRecordedWhenTheLedgerIsBack() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();

        waiting.claim().delivered();
        comeBack();

        assertDeliveredOnce("key-1");
    }

    @Test
    void aReleasedResultIsDueAndNotifiesConsumersWhenTheLedgerIsBack() {
        TestWaiter waiting = remixAndComplete();
        AtomicInteger notifications = first.countNotifications();
        ledger.fail();

        waiting.claim().release();
        comeBack();

        assertThat(notifications).hasValue(1);
        deliverOn(first);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aReleaseIsRecordedAfterALongOutage() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();

        waiting.claim().release();
        elapse(Duration.ofMinutes(10));
        comeBack();

        deliverOn(first);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aReleaseIsRecordedAfterThePoolWasFull() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();
        waiting.claim().release();
        WorkQueue full = first.http;

        full.reject(true);
        elapseSeconds(20);
        full.reject(false);
        comeBack();

        assertThat(first.due()).hasSize(1);
    }

    @Test
    void aLostSubmitThatWasReportedIsNotReportedAgain() {
        loseTheNextAnswerForGood();
        TestWaiter waiting = remixOn(first, "key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        ledger.fail();

        waiting.claim().lossReported();
        comeBack();
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));

        assertThat(record("key-1").times().lossReportedAt()).isNotNull();
        assertThat(first.due()).isEmpty();
    }

    @Test
    void aFailedDeliveryIsRepeated() {
        endAndForget();
        Delivery delivery = acquireOn(first);
        ledger.fail();

        delivery.retryOrSetAside(5, Duration.ofSeconds(30));
        comeBack();
        elapseSeconds(30);

        assertThat(acquireOn(first).record().deliveries()).isEqualTo(1);
    }

    @Test
    void aTaskWhoseLastDeliveryFailedIsSetAside() {
        endAndForget();
        Delivery delivery = acquireOn(first);
        ledger.fail();

        delivery.retryOrSetAside(0, Duration.ofSeconds(30));
        comeBack();

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void aLateReleaseDoesNotEndALaterClaim() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();
        waiting.claim().release();
        ledger.recover();
        TestWaiter late = remixOn(first, "key-1");

        elapseSeconds(10);

        assertThat(first.due()).isEmpty();
        late.claim().delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aDeliveryIsRecordedAlsoWhenTheTaskIsClaimedMeanwhile() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();
        waiting.claim().delivered();
        ledger.recover();
        TestWaiter late = remixOn(first, "key-1");

        elapseSeconds(10);
        late.claim().release();

        assertDeliveredOnce("key-1");
    }

    @Test
    void noClaimBeginsWhileTheEndOfAnotherIsWrittenLate() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();
        waiting.claim().release();
        ledger.recover();
        AtomicInteger guarded = new AtomicInteger();
        ledger.onceBeforeReplace(() -> first.engine
                .entries
                .find(ref("key-1"))
                .filter(Thread::holdsLock)
                .ifPresent(entry -> guarded.incrementAndGet()));

        elapseSeconds(10);

        assertThat(guarded).hasValue(1);
        assertThat(first.due()).hasSize(1);
        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void aClaimWhoseEndCouldNotBeWrittenIsNotKeptInMemory() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();

        waiting.claim().delivered();

        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void aDeliveryThatWasNotRecordedBeforeTheNodeDiedIsRepeated() {
        TestWaiter waiting = remixAndComplete();
        ledger.fail();
        waiting.claim().delivered();
        first.pause();
        ledger.recover();
        Node third = startNode("third");

        outlastTheLease();

        assertThat(third.due()).hasSize(1);
    }

    @Test
    void anIdThatCouldNotBeWrittenIsInTheExceptionOfTheWaiter() {
        TestWaiter waiting = acceptWithTheLedgerUnavailable();

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(waiting.failure().getTaskId()).isNotNull();
    }

    @Test
    void anIdThatCouldNotBeWrittenIsWrittenLaterAndItsTaskDelivered() {
        TestWaiter waiting = acceptWithTheLedgerUnavailable();
        waiting.claim().release();
        comeBack();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);

        complete("key-1");
        elapseSeconds(15);

        assertThat(deliverOn(first).status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anIdThatCouldNotBeWrittenBeforeTheNodeDiedIsFoundByItsKey() {
        acceptWithTheLedgerUnavailable();
        first.pause();
        ledger.recover();
        startNode("third");

        outlastTheLease();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(record("key-1").owner()).isEqualTo("third");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anIdThatIsWrittenAfterAnotherNodeHasTakenOverIsFollowed() {
        toApis.lookup(LookUp.OFF);
        TestWaiter waiting = acceptWithTheLedgerUnavailable();
        waiting.claim().release();
        // All that this node could do in this time was to fail to renew its lease.
        elapse(Node.LEASE.plusSeconds(5));
        ledger.recover();
        first.pause();
        Node third = startNode("third");
        letThemWork();
        assertThat(record("key-1").owner()).isEqualTo("third");

        first.goOn();
        elapseSeconds(10);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        first.pause();
        complete("key-1");
        elapse(RECOVERY_TIMEOUT.plusMinutes(6));

        assertThat(deliverOn(third).status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aLostAnswerThatCouldNotBeWrittenIsSearchedForAndFound() {
        loseTheNextAnswer();
        TestWaiter waiting = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        ledger.fail();
        first.work();
        comeBack();
        elapseSeconds(60);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);

        complete("key-1");
        elapseSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anImportedTaskThatWasWrittenButCouldNotBeReadIsDelivered() {
        String id = toApis.addTask();
        ledger.onceWritten(TaskState.RUNNING, ledger::fail);
        TestWaiter waiting = first.await(id, service());
        assertThat(waiting.failure().getTaskId()).isEqualTo(id);
        waiting.claim().release();

        comeBack();
        toApis.complete(id);
        elapseSeconds(15);

        assertThat(deliverOn(first).id()).isEqualTo(id);
    }

    @Test
    void anEndThatCouldNotBeWrittenIsSeenAgain() {
        TestWaiter waiting = remixOn(first, "key-1");
        complete("key-1");
        ledger.fail();
        elapse(Duration.ofMinutes(1));
        assertThat(waiting.timesNotified()).isZero();

        ledger.recover();
        elapse(Duration.ofMinutes(6));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    private TestWaiter acceptWithTheLedgerUnavailable() {
        TestWaiter waiting = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        ledger.fail();
        first.work();
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
        return waiting;
    }

    private TestWaiter remixAndComplete() {
        TestWaiter waiting = remixOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        return waiting;
    }

    private void endAndForget() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
    }

    private void comeBack() {
        ledger.recover();
        elapseSeconds(10);
    }
}
