package io.github.camelsora.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task without a waiter is delivered to a route: acquired, released, tried again, and set aside. */
class DeliveryTest extends ClusterTestSupport {
    private static final Operator BY = new Operator("joe", null);

    private static final Duration DELAY = Duration.ofSeconds(30);

    @BeforeEach
    void endATaskWithoutAWaiter() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
    }

    @Test
    void aDeliveryThatCompletesIsRecorded() {
        Delivery delivery = acquireOn(first);
        assertThat(delivery.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(delivery.task().key()).isEqualTo("key-1");

        delivery.delivered();

        assertDeliveredOnce("key-1");
        assertThat(record("key-1").times().deliveredAt()).isEqualTo(ledger.now());
        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void anAcquiredTaskIsNotDueForOtherRoutes() {
        acquireOn(first);

        elapse(Duration.ofHours(1));

        assertThat(first.due()).isEmpty();
        assertThat(second.due()).isEmpty();
        assertThat(record("key-1").owner()).isEqualTo("first");
    }

    @Test
    void aReleasedDeliveryIsDueAtOnceAndNotCounted() {
        acquireOn(first).release();

        assertThat(acquireOn(second).record().deliveries()).isZero();
    }

    @Test
    void aReleasedDeliveryWakesTheRoutesOfItsNode() {
        Delivery delivery = acquireOn(first);
        AtomicInteger notifications = first.countNotifications();

        delivery.release();

        assertThat(notifications).hasValue(1);
    }

    @Test
    void aTaskThatEndsWithoutAWaiterWakesTheRoutesOfItsNode() {
        AtomicInteger notifications = first.countNotifications();
        fireAndForgetOn(first, "key-2");
        assertThat(notifications).hasValue(0);

        complete("key-2");
        elapseSeconds(15);

        assertThat(notifications).hasValue(1);
    }

    @Test
    void aTaskWithAWaiterWakesNoRoute() {
        AtomicInteger notifications = first.countNotifications();
        remixOn(first, "key-2");

        complete("key-2");
        elapseSeconds(15);

        assertThat(notifications).hasValue(0);
    }

    @Test
    void aTaskWhoseDeliveryFailsIsDueLater() {
        acquireOn(first).retryOrSetAside(5, DELAY);

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
        leaveUndone(DELAY.minusSeconds(1));
        assertThat(ledger.findDue(ACCOUNT, null, 1)).isEmpty();
        leaveUndone(Duration.ofSeconds(1));
        assertThat(ledger.findDue(ACCOUNT, null, 1)).hasSize(1);
    }

    @Test
    void theDelayDoublesWithEachFailure() {
        assertThat(delays(5, DELAY)).containsExactly(30L, 60L, 120L, 240L, 480L);
    }

    @Test
    void theDelayGrowsToAnHour() {
        assertThat(delays(10, DELAY)).endsWith(1_920L, 3_600L, 3_600L, 3_600L);
    }

    @Test
    void aDelayOfMoreThanAnHourStaysAsItIs() {
        assertThat(delays(3, Duration.ofHours(5))).containsExactly(18_000L, 18_000L, 18_000L);
    }

    @Test
    void noDelayIsNone() {
        assertThat(delays(3, Duration.ZERO)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aDelayOfAMillionYearsIsPossible() {
        acquireOn(first).retryOrSetAside(5, Duration.ofMillis(Long.MAX_VALUE));

        assertThat(record("key-1").deliveries()).isEqualTo(1);
    }

    @Test
    void failuresAreCountedOverAllNodes() {
        acquireOn(first).retryOrSetAside(2, DELAY);
        elapseSeconds(30);
        acquireOn(second).retryOrSetAside(2, DELAY);
        elapseSeconds(60);

        acquireOn(first).retryOrSetAside(2, DELAY);

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void afterTheLastRedeliveryItIsSetAsideForGood() {
        delays(2, DELAY);

        acquireOn(first).retryOrSetAside(2, DELAY);
        elapse(Duration.ofHours(3));

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        assertThat(first.due()).isEmpty();
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void withoutRedeliveriesTheFirstFailureSetsItAside() {
        acquireOn(first).retryOrSetAside(0, DELAY);

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void aTaskThatAnOperatorReleasesIsDueAtOnceWithAFreshCount() {
        delays(1, DELAY);
        acquireOn(first).retryOrSetAside(1, DELAY);
        AtomicInteger notifications = first.countNotifications();

        first.operatorService.release(ref("key-1"), BY, LIMITS.trackUntil(ledger.now()));

        assertThat(notifications).hasValue(1);
        assertThat(delays(2, DELAY)).containsExactly(30L, 60L);
        acquireOn(first).retryOrSetAside(2, DELAY);
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void aSubmitUnderTheKeyOfATaskThatWasSetAsideGetsItsResult() {
        acquireOn(first).retryOrSetAside(0, DELAY);

        TestWaiter late = remixOn(second, "key-1");
        late.claim().delivered();

        assertThat(late.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aSubmitBetweenTwoDeliveriesClaimsTheTask() {
        acquireOn(first).retryOrSetAside(5, DELAY);

        TestWaiter late = remixOn(second, "key-1");
        elapse(DELAY.multipliedBy(2));
        assertThat(first.due()).isEmpty();
        late.claim().delivered();

        assertDeliveredOnce("key-1");
    }

    @Test
    void aRecordThatHasChangedIsNotAcquired() {
        TaskRecord found = first.due().get(0);
        acquireOn(second).release();

        assertThat(first.deliveries.acquire(found, service())).isEmpty();
        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void aLedgerThatCannotBeWrittenLeavesNoClaimBehind() {
        TaskRecord found = first.due().get(0);
        ledger.fail();

        assertThat(catchThrowable(() -> first.deliveries.acquire(found, service())))
                .isNotNull();

        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void aDeliveryEndsOnce() {
        Delivery delivery = acquireOn(first);

        delivery.delivered();
        delivery.release();
        delivery.retryOrSetAside(0, DELAY);

        assertDeliveredOnce("key-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void aFailureAfterAnotherNodeTookItOverIsNotCountedThere(int maximumRedeliveries) {
        Delivery delivery = acquireOn(first);
        first.pause();
        outlastTheLease();
        Delivery other = acquireOn(second);

        try (WarningCapture warnings = WarningCapture.of(Delivery.class)) {
            delivery.retryOrSetAside(maximumRedeliveries, DELAY);

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("key-1", taskId("key-1"), "has failed. That is not counted");
        }
        leaveUndone(DELAY);

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(ledger.findDue(ACCOUNT, null, 1)).isEmpty();
        other.delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aFailureSaysWhenTheTaskIsDeliveredAgainAndTheLastOneThatItIsSetAside() {
        try (WarningCapture warnings = WarningCapture.of(Delivery.class)) {
            acquireOn(first).retryOrSetAside(1, DELAY);
            elapseSeconds(30);
            acquireOn(first).retryOrSetAside(1, DELAY);

            assertThat(warnings.lines()).hasSize(2);
            assertThat(warnings.lines().get(0)).contains("key-1", "again in 30 s, redelivery 1 of 1");
            assertThat(warnings.lines().get(1)).startsWith("ERROR").contains("key-1", "set aside after 2 deliveries");
        }
    }

    // The write is repeated, and finds itself done.
    @ParameterizedTest
    @CsvSource({"5, ENDED, is delivered again in 30 s", "0, SET_ASIDE, is set aside after 1 deliveries"})
    void aFailureThatTheLedgerHasCountedWithoutConfirmingItIsReportedAsCounted(
            int maximumRedeliveries, TaskState written, String report) {
        Delivery delivery = acquireOn(first);
        ledger.onceWritten(written, () -> {
            throw new IllegalStateException("The connection was cut after the commit (simulated by the test)");
        });

        try (WarningCapture warnings = WarningCapture.of(Delivery.class)) {
            delivery.retryOrSetAside(maximumRedeliveries, DELAY);
            elapse(LedgerRetries.PAUSE);

            assertThat(warnings.lines()).singleElement().asString().contains("key-1", report);
        }
        assertThat(state("key-1")).isEqualTo(written);
    }

    @Test
    void aFailureAfterAnOperatorHasHadTheKeyForgottenIsReportedAsNotCounted() {
        Delivery delivery = acquireOn(first);
        first.operatorService.forget(ref("key-1"), BY);

        try (WarningCapture warnings = WarningCapture.of(Delivery.class)) {
            delivery.retryOrSetAside(5, DELAY);

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("key-1", "has failed. That is not counted", "it was removed");
        }
        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void aTaskThatFailedIsDeliveredLikeAnyOther() {
        fireAndForgetOn(first, "key-2");
        deliverOn(first);
        toApis.fail(taskId("key-2"), "generation_failed", "It was too much");
        elapseSeconds(15);

        assertThat(deliverOn(first).errorCode()).isEqualTo("generation_failed");
        assertDeliveredOnce("key-2");
    }

    @Test
    void aTaskThatHasEndedIsNotPolledAnyMore() {
        toApis.on(Call.STATUS).answer(500, "{}");
        long asked = toApis.books().statusCalls();

        elapse(Duration.ofMinutes(10));

        assertThat(toApis.books().statusCalls()).isEqualTo(asked);
    }

    /** Lets a route fail so often, and returns after how many seconds each task was due again. */
    private List<Long> delays(int times, Duration delay) {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Instant before = ledger.now();
            acquireOn(i % 2 == 0 ? first : second).retryOrSetAside(times, delay);
            Duration pause = Duration.between(before, record("key-1").due().nextDelivery());
            seconds.add(pause.toSeconds());
            leaveUndone(pause);
            first.lease.renew();
            second.lease.renew();
        }
        return seconds;
    }
}
