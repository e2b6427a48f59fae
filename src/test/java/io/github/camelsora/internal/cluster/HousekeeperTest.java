package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node does periodically: it renews its lease, warns of tasks that no route receives, and removes old records. */
class HousekeeperTest extends ClusterTestSupport {

    @Test
    void aRunningNodeStaysLive() {
        elapse(Duration.ofHours(1));

        assertThat(ledger.isLive("first")).isTrue();
        assertThat(first.lease.isSameEpoch(1)).isTrue();
    }

    @Test
    void aHungNodeIsDeadWhenItsLeaseRunsOut() {
        first.pause();

        elapse(Node.LEASE.minusSeconds(5));
        assertThat(ledger.isLive("first")).isTrue();
        elapseSeconds(5);

        assertThat(ledger.isLive("first")).isFalse();
    }

    @Test
    void housekeepingGoesOnAfterAnOutageOfTheLedger() {
        ledger.fail();
        elapse(Duration.ofMinutes(5));

        ledger.recover();
        elapseSeconds(10);

        assertThat(ledger.isLive("first")).isTrue();
    }

    @Test
    void aLossOfTheLeaseIsReportedOnceHoweverOftenItsTasksAreConfirmed() {
        remixOn(first, "key-1");
        second.pause();
        leaveUndone(Node.LEASE.plusSeconds(1));
        failReplacesDuring(3);

        try (WarningCapture warnings = WarningCapture.of(Housekeeper.class)) {
            elapse(Duration.ofMinutes(2));

            assertThat(warnings.lines())
                    .filteredOn(line -> line.contains("lease of this node had run out"))
                    .hasSize(1);
        }
    }

    /** The next confirmations of tasks throw. */
    private void failReplacesDuring(int times) {
        if (times > 0) {
            ledger.onceBeforeReplace(() -> {
                failReplacesDuring(times - 1);
                throw new IllegalStateException("thrown by a test");
            });
        }
    }

    @Test
    void anOutageOfTheLedgerIsReportedEverMoreRarely() {
        first.pause();
        try (WarningCapture warnings = WarningCapture.of(Housekeeper.class)) {
            ledger.fail();
            elapse(Duration.ofMinutes(5));
            assertThat(warnings.lines()).hasSizeBetween(4, 6);

            ledger.recover();
            elapseSeconds(20);
            int before = warnings.lines().size();
            ledger.fail();
            elapseSeconds(11);

            assertThat(warnings.lines()).hasSize(before + 1);
        }
    }

    @Test
    void housekeepingGoesOnAfterAPoolRejectedIt() {
        first.own.reject(true);
        elapseSeconds(15);

        first.own.reject(false);
        elapse(Node.LEASE.multipliedBy(2));

        assertThat(ledger.isLive("first")).isTrue();
    }

    @Test
    void aLostPollIsScheduledAgain() {
        fireAndForgetOn(first, "key-1");
        leaveUndone(Duration.ofSeconds(10));
        first.timers.runDue();
        first.http.dropAll();
        complete("key-1");

        elapse(Duration.ofMinutes(12));

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aStoppedHousekeeperDoesNothing() {
        first.housekeeper.stop();

        first.housekeeper.trigger();
        elapse(Node.LEASE);

        assertThat(first.own.size()).isZero();
        assertThat(ledger.isLive("first")).isFalse();
    }

    @Test
    void manyTriggersAreFollowedByOneRun() {
        // It works in the same pool.
        first.completionSync.stop();
        first.housekeeper.trigger();
        first.housekeeper.trigger();
        first.housekeeper.trigger();
        letThemWork();

        leaveUndone(Node.LEASE.dividedBy(3));
        first.timers.runDue();

        assertThat(first.own.size()).isEqualTo(1);
    }

    @Test
    void undeliveredTasksAreWarnedOfAfterAMinuteAndThenEveryHour() {
        second.stop();
        try (WarningCapture warnings = WarningCapture.of(UndeliveredTaskWarning.class)) {
            leaveUntaken("key-1");

            elapseSeconds(50);
            assertThat(warnings.lines()).isEmpty();
            elapseSeconds(30);
            assertThat(warnings.lines()).hasSize(1);
            elapse(Duration.ofMinutes(55));
            assertThat(warnings.lines()).hasSize(1);
            elapse(Duration.ofMinutes(10));
            assertThat(warnings.lines()).hasSize(2);
        }
    }

    @Test
    void theWarningSaysWhatToDo() {
        second.stop();
        try (WarningCapture warnings = WarningCapture.of(UndeliveredTaskWarning.class)) {
            leaveUntaken("key-1");

            elapse(Duration.ofMinutes(2));

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("WARN 1 ", "'default'", "from(\"sora:tasks\")", taskId("key-1"), "key-1");
        }
    }

    @Test
    void aNodeWithAMatchingRouteDoesNotWarn() {
        second.stop();
        first.countNotifications();
        try (WarningCapture warnings = WarningCapture.of(UndeliveredTaskWarning.class)) {
            leaveUntaken("key-1");

            elapse(Duration.ofHours(2));

            assertThat(warnings.lines()).isEmpty();
        }
    }

    static Stream<Subscription> routesOfOthers() {
        return Stream.of(new Subscription(ACCOUNT, "puppies", () -> {}), new Subscription("another", null, () -> {}));
    }

    @ParameterizedTest
    @MethodSource("routesOfOthers")
    void aRouteForOtherTasksDoesNotSuppressTheWarning(Subscription subscription) {
        second.stop();
        first.notifier.subscribe(subscription);
        try (WarningCapture warnings = WarningCapture.of(UndeliveredTaskWarning.class)) {
            leaveUntaken("key-1");

            elapse(Duration.ofMinutes(2));

            assertThat(warnings.lines()).hasSize(1);
        }
    }

    @Test
    void aTaskThatWaitsForItsRedeliveryIsNotWarnedOf() {
        second.stop();
        leaveUntaken("key-1");
        acquireOn(first).retryOrSetAside(5, Duration.ofMinutes(30));
        try (WarningCapture warnings = WarningCapture.of(UndeliveredTaskWarning.class)) {
            elapse(Duration.ofMinutes(20));

            assertThat(warnings.lines()).isEmpty();
        }
    }

    @Test
    void oldDeliveredRecordsAreRemovedOnceAnHour() {
        ledger.forgetCleanings();
        Instant begin = ledger.now();

        elapse(Duration.ofHours(2).plusMinutes(5));

        List<Instant> cleaned = ledger.cleanedBefore();
        // Both nodes; the first time was at their start.
        assertThat(cleaned).hasSize(4);
        assertThat(cleaned).allSatisfy(before -> assertThat(before)
                .isBetween(
                        begin.minus(KEEP_DELIVERED),
                        begin.plus(Duration.ofHours(2).plusMinutes(5)).minus(KEEP_DELIVERED)));
    }

    @Test
    void aStartingNodeRemovesOldRecordsAtOnce() {
        ledger.forgetCleanings();

        startNode("third");
        letThemWork();

        assertThat(ledger.cleanedBefore()).containsExactly(ledger.now().minus(KEEP_DELIVERED));
    }

    @Test
    void thereIsNoPauseWhileThereIsMoreToRemove() {
        ledger.forgetCleanings();
        ledger.pretendToRemove(1_000);
        startNode("third");

        elapseSeconds(60);

        assertThat(ledger.cleanedBefore()).hasSizeGreaterThan(5);
    }

    private void leaveUntaken(String key) {
        fireAndForgetOn(first, key);
        complete(key);
        elapseSeconds(10);
        assertThat(state(key)).isEqualTo(TaskState.ENDED);
    }
}
