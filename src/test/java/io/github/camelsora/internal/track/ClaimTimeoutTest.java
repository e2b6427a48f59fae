package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An exchange that was handed a result and never completes: its claim ends, and can change nothing from then on. */
class ClaimTimeoutTest extends ClusterTestSupport {
    private static final Duration CLAIM_TIMEOUT = Duration.ofHours(6);
    private static final Duration DELAY = Duration.ofSeconds(30);

    @Test
    void aTaskWhoseExchangeNeverCompletesIsDueAfterClaimTimeoutAndNotBefore() {
        handOver(remixOn(first, "key-1"));

        elapse(CLAIM_TIMEOUT.minusSeconds(5));
        assertThat(first.due()).isEmpty();
        elapseSeconds(5);

        assertThat(first.due()).hasSize(1);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aClaimThatTimesOutWakesTheRoutesOfItsNode() {
        AtomicInteger notifications = first.countNotifications();
        handOver(remixOn(first, "key-1"));

        elapse(CLAIM_TIMEOUT);

        assertThat(notifications).hasValue(1);
    }

    @Test
    void withoutAClaimTimeoutTheClaimIsHeldForEver() {
        TestWaiter waiting = end(remixOn(first, "key-1"));
        waiting.claim().limit(Duration.ZERO, () -> waiting.claim().timeOut());

        elapse(CLAIM_TIMEOUT.multipliedBy(2));

        assertThat(first.due()).isEmpty();
    }

    @Test
    void anExchangeThatCompletesInTimeIsDelivered() {
        TestWaiter waiting = handOver(remixOn(first, "key-1"));

        elapse(CLAIM_TIMEOUT.minusSeconds(5));
        waiting.claim().delivered();
        elapseSeconds(10);

        assertDeliveredOnce("key-1");
    }

    @Test
    void anExchangeThatCompletesTooLateDeliversNothing() {
        TestWaiter waiting = handOver(remixOn(first, "key-1"));
        elapse(CLAIM_TIMEOUT);

        waiting.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(first.due()).hasSize(1);
    }

    @Test
    void anExchangeThatCompletesTooLateIsLogged() {
        TestWaiter waiting = handOver(remixOn(first, "key-1"));
        elapse(CLAIM_TIMEOUT);

        try (WarningCapture warnings = WarningCapture.of(TaskClaim.class)) {
            waiting.claim().delivered();

            assertThat(warnings.lines()).singleElement().asString().contains("key-1", "claimTimeout");
        }
    }

    @Test
    void anExchangeThatCompletesTooLateDoesNotTouchWhatARouteOfTheSameNodeHolds() {
        TestWaiter waiting = handOver(remixOn(first, "key-1"));
        elapse(CLAIM_TIMEOUT);
        Delivery delivery = acquireOn(first);
        TaskRecord held = record("key-1");

        waiting.claim().delivered();
        waiting.claim().release();
        waiting.claim().lossReported();

        assertThat(record("key-1")).isEqualTo(held);
        delivery.delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void anExchangeThatCompletesTooLateDoesNotTouchWhatARouteOfAnotherNodeHolds() {
        TestWaiter waiting = handOver(remixOn(first, "key-1"));
        elapse(CLAIM_TIMEOUT);
        Delivery delivery = acquireOn(second);
        TaskRecord held = record("key-1");

        waiting.claim().delivered();
        waiting.claim().release();

        assertThat(record("key-1")).isEqualTo(held);
        delivery.retryOrSetAside(5, DELAY);
        assertThat(record("key-1").deliveries()).isEqualTo(1);
    }

    @Test
    void aTaskThatAnotherExchangeClaimsKeepsItsOwner() {
        TestWaiter hanging = remixOn(first, "key-1");
        TestWaiter other = remixOn(first, "key-1");
        end(hanging);
        hanging.claim().limit(CLAIM_TIMEOUT, () -> hanging.claim().timeOut());

        elapse(CLAIM_TIMEOUT);

        assertThat(record("key-1").owner()).isEqualTo("first");
        other.claim().release();
        assertThat(first.due()).hasSize(1);
    }

    @Test
    void aFailedWaitWhoseExchangeNeverCompletesReleasesItsTaskToo() {
        TestWaiter waiting = remixOn(first, "key-1");
        elapse(COMPLETION_TIMEOUT);
        waiting.failure();
        waiting.claim().limit(CLAIM_TIMEOUT, () -> waiting.claim().timeOut());
        elapse(CLAIM_TIMEOUT);

        complete("key-1");
        elapse(Duration.ofMinutes(1));

        assertThat(first.due()).hasSize(1);
    }

    @Test
    void aClaimThatTimesOutWhileTheLedgerIsUnavailableIsReleasedWhenItIsBack() {
        handOver(remixOn(first, "key-1"));
        elapse(CLAIM_TIMEOUT.minusSeconds(5));
        ledger.fail();
        elapseSeconds(5);

        ledger.recover();
        elapseSeconds(60);

        assertThat(first.due()).hasSize(1);
    }

    @Test
    void aDeliveryThatNeverEndsCountsAsFailed() {
        Delivery hanging = acquireAndHang();

        elapse(CLAIM_TIMEOUT);
        elapse(DELAY);

        assertThat(record("key-1").deliveries()).isEqualTo(1);
        Delivery next = acquireOn(second);
        hanging.delivered();
        hanging.release();
        hanging.retryOrSetAside(5, DELAY);
        assertThat(record("key-1"))
                .extracting(TaskRecord::state, TaskRecord::owner, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, "second", 1);
        next.delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskWhoseDeliveriesNeverEndIsSetAside() {
        endWithoutWaiter();
        Delivery hanging = acquireOn(first);
        hanging.limit(CLAIM_TIMEOUT, () -> hanging.timeOut(0, DELAY));

        elapse(CLAIM_TIMEOUT);

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void aDeliveryThatNeverEndsIsLogged() {
        acquireAndHang();

        try (WarningCapture warnings = WarningCapture.of(Delivery.class)) {
            elapse(CLAIM_TIMEOUT);

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("key-1", "claimTimeout", "redelivery 1 of 5");
        }
    }

    @Test
    void aDeliveryThatEndsInTimeIsNotLogged() {
        Delivery delivery = acquireAndHang();
        delivery.delivered();

        try (WarningCapture warnings = WarningCapture.of(Delivery.class)) {
            elapse(CLAIM_TIMEOUT);

            assertThat(warnings.lines()).isEmpty();
        }
        assertDeliveredOnce("key-1");
    }

    private Delivery acquireAndHang() {
        endWithoutWaiter();
        Delivery delivery = acquireOn(first);
        delivery.limit(CLAIM_TIMEOUT, () -> delivery.timeOut(5, DELAY));
        return delivery;
    }

    private void endWithoutWaiter() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
    }

    private TestWaiter end(TestWaiter waiting) {
        complete("key-1");
        elapseSeconds(15);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        return waiting;
    }

    /** Ends the task of a wait, and hands its result to an exchange. */
    private TestWaiter handOver(TestWaiter waiting) {
        end(waiting);
        waiting.claim().limit(CLAIM_TIMEOUT, () -> waiting.claim().timeOut());
        return waiting;
    }
}
