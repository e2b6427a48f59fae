package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.track.LeaseLossHandler;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A node was paused for longer than its lease: it keeps tasks that no node took over, and releases the others. */
class PausedNodeTest extends ClusterTestSupport {

    @Test
    void tasksThatWereNotTakenOverGoOn() {
        second.stop();
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();

        first.goOn();
        complete("key-1");
        elapseSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(record("key-1").owner()).isEqualTo("first");
    }

    @Test
    void aWaitForATaskThatAnotherNodeTookOverEndsWithItsId() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();

        first.goOn();
        elapseSeconds(5);

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(waiting.failure().isSafeToResend()).isFalse();
    }

    @Test
    void aLossOfTheLeaseThatCouldNotBeHandledForAWaitIsHandledByTheNextRun() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        ledger.onceBeforeFind(PausedNodeTest::breakOff);

        swallow(first.housekeeper::doHousekeeping);
        first.routes.runAll();
        assertThat(waiting.timesNotified()).isZero();
        first.housekeeper.doHousekeeping();
        first.routes.runAll();

        assertThat(waiting.failure()).hasMessageContaining("another one has taken the task over");
    }

    @Test
    void aWaitWhoseTaskCannotBeConfirmedKeepsNoOtherFromEnding() {
        TestWaiter one = remixOn(first, "key-1");
        TestWaiter other = remixOn(first, "key-2");
        first.pause();
        outlastTheLease();
        ledger.onceBeforeFind(PausedNodeTest::breakOff);

        try (WarningCapture warnings = WarningCapture.of(LeaseLossHandler.class)) {
            swallow(first.housekeeper::doHousekeeping);
            first.routes.runAll();

            assertThat(one.timesNotified() + other.timesNotified()).isEqualTo(1);
            assertThat(warnings.lines()).anyMatch(line -> line.contains("could not confirm") && line.contains("key-"));
        }
    }

    @Test
    void aLossOfTheLeaseIsHandledByTheNextRunWhenARenewalInBetweenFails() {
        TestWaiter one = remixOn(first, "key-1");
        TestWaiter other = remixOn(first, "key-2");
        first.pause();
        outlastTheLease();
        ledger.onceBeforeFind(() -> {
            leaveUndone(Node.LEASE.dividedBy(3));
            ledger.onceBeforeRenewal(PausedNodeTest::breakOff);
        });

        swallow(first.housekeeper::doHousekeeping);
        first.housekeeper.doHousekeeping();
        first.routes.runAll();

        assertThat(one.failure()).hasMessageContaining("another one has taken the task over");
        assertThat(other.failure()).hasMessageContaining("another one has taken the task over");
    }

    private static void breakOff() {
        throw new IllegalStateException("thrown by a test");
    }

    private static void swallow(ThrowingCallable run) {
        Throwable thrown = catchThrowable(run);
        if (thrown != null) {
            assertThat(thrown).hasMessage("thrown by a test");
        }
    }

    @Test
    void aTaskThatAnotherNodeTookOverIsDeliveredThere() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        first.goOn();
        elapseSeconds(5);
        waiting.claim().release();

        complete("key-1");
        elapseSeconds(15);

        assertThat(deliverOn(second).status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskThatAnotherNodeTookOverIsPolledByThatNodeOnly() {
        remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        first.goOn();
        elapseSeconds(5);
        long before = toApis.books().statusCalls();

        elapseSeconds(100);

        assertThat(toApis.books().statusCalls() - before).isEqualTo(10);
    }

    @Test
    void aCompletionSeenBeforeTheLeaseIsRenewedIsNotHandedToTheExchange() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        complete("key-1");

        pollBeforeRenewal(first);

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aCompletionSeenBeforeTheLeaseIsRenewedIsDeliveredByTheOtherNode() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        complete("key-1");
        pollBeforeRenewal(first);
        waiting.claim().release();

        first.goOn();
        elapseSeconds(15);

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aSubmitThatAnotherNodeTookOverIsNotHandedToTheExchange() {
        TestWaiter waiting = pauseAmidTheSubmit();
        // Shorter than its lease, so that the other is the first to see the end.
        first.pause();
        complete("key-1");
        elapseSeconds(15);
        deliverOn(second);

        first.goOn();
        elapseSeconds(15);

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aSubmitThatAnotherNodeTookOverIsDelivered() {
        TestWaiter waiting = pauseAmidTheSubmit();

        complete("key-1");
        elapseSeconds(30);
        waiting.claim().release();

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aLateReleaseDoesNotTakeAResultFromTheRouteOfAnotherNode() {
        TestWaiter waiting = remixOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        first.pause();
        outlastTheLease();
        Delivery delivery = acquireOn(second);

        waiting.claim().release();

        assertThat(second.due()).isEmpty();
        delivery.delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTakeOverFailsOnceTheOwnerIsBack() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        leaveUndone(Node.LEASE.minusSeconds(10));
        second.work();
        leaveUndone(Duration.ofSeconds(11));
        ledger.onceBeforeReplace(() -> {
            first.goOn();
            first.timers.runDue();
            first.own.runAll();
        });

        elapseSeconds(5);
        complete("key-1");
        elapseSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isEqualTo("first");
    }

    /** The first node is paused while its request is on its way, and is back when another has found the task by its key. */
    private TestWaiter pauseAmidTheSubmit() {
        Hold post = toApis.on(Call.SUBMIT).afterProcessing().hold();
        TestWaiter waiting = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(first.http::runAll);
        post.awaitReached(SOON);
        first.pause();
        outlastTheLease();
        assertThat(record("key-1").owner()).isEqualTo("second");
        first.goOn();
        first.timers.runDue();
        first.own.runAll();
        post.release();
        sending.join();
        return waiting;
    }

    /** The node runs again, and its pools run before its housekeeper. */
    private static void pollBeforeRenewal(Node node) {
        node.timers.runDue();
        node.http.runAll();
        node.routes.runAll();
    }
}
