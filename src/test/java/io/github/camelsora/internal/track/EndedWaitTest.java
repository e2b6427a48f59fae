package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waits end when the routes stop or are suspended, and claims when their exchange takes too long. */
class EndedWaitTest extends TrackTestSupport {

    @Test
    void aStopEndsAllWaitsAndPollsExceptWhereARequestIsUnderWay() {
        TestWaiter waiting = await("1");
        TestWaiter sending = await("2");
        RecordedPolls polls = follow(addRunning("1"));

        phase.stop();
        shutdown.endWaits(key -> key.equals(ref("2")));

        assertThat(waiting.failure()).hasMessageContaining("the routes stop");
        assertThat(waiting.failure().getTaskId()).isEqualTo("video_1");
        assertThat(polls.stops).isEqualTo(1);
        assertThat(sending.timesNotified()).isZero();
    }

    @Test
    void aSuspensionEndsWaitsAndNoPolls() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));

        phase.suspend();
        shutdown.endWaits(key -> false);

        assertThat(waiting.failure()).hasMessageContaining("the routes are suspended");
        assertThat(polls.stops).isZero();
    }

    @Test
    void aStopWarnsOfEachTaskThatALedgerInMemoryForgets() {
        await("1");
        follow(addRunning("1"));
        await("2");
        registry.claim(ref("3"), service);

        try (WarningCapture warnings = WarningCapture.of(ShutdownHandler.class)) {
            phase.stop();
            shutdown.endWaits(key -> false);

            assertThat(warnings.lines()).hasSize(2).allMatch(line -> line.contains("the ledger is in memory"));
            assertThat(warnings.lines()).anyMatch(line -> line.contains("video_1"));
            assertThat(warnings.lines()).anyMatch(line -> line.contains("key 2"));
        }
    }

    @Test
    void aStopDoesNotWarnOfWhatHasEnded() {
        await("1");
        follow(addRunning("1"));
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        try (WarningCapture warnings = WarningCapture.of(ShutdownHandler.class)) {
            phase.stop();
            shutdown.endWaits(key -> false);

            assertThat(warnings.lines()).isEmpty();
        }
    }

    @Test
    void aStopDoesNotWarnWhereTheLedgerOutlivesTheJvm() {
        ShutdownHandler durable = new ShutdownHandler(entries, phase, true);
        TestWaiter waiting = await("1");
        follow(addRunning("1"));

        try (WarningCapture warnings = WarningCapture.of(ShutdownHandler.class)) {
            phase.stop();
            durable.endWaits(key -> false);

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(waiting.failure()).hasMessageContaining("is delivered after the next start");
    }

    @Test
    void aRouteThatStopsAloneEndsItsOwnWait() {
        TestWaiter waiting = await("1");
        TestWaiter other = await("1");
        RecordedPolls polls = follow(addRunning("1"));

        waiting.claim().endWait();

        assertThat(waiting.failure()).hasMessageContaining("the routes stop");
        assertThat(other.timesNotified()).isZero();
        assertThat(polls.stops).isZero();
    }

    @Test
    void aRouteThatStopsAloneDuringASuspensionSaysSo() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        phase.suspend();

        waiting.claim().endWait();

        assertThat(waiting.failure()).hasMessageContaining("suspended");
        assertThat(waitsFor("1")).isEmpty();
    }

    @Test
    void aClaimWithoutAWaitHasNoneToEnd() {
        TaskClaim claim = registry.claim(ref("1"), service);

        claim.endWait();
        claim.endLateWait();

        assertThat(claim.isOver()).isFalse();
    }

    @Test
    void aLateWaitEndsOnlyWhileTheRoutesDoNotRun() {
        TestWaiter waiting = await("1");

        waiting.claim().endLateWait();
        assertThat(waiting.timesNotified()).isZero();
        phase.suspend();
        waiting.claim().endLateWait();

        assertThat(waiting.failure()).hasMessageContaining("suspended");
    }

    @Test
    void lateWaitsOfAKeyEndOnlyWhileTheRoutesDoNotRun() {
        TestWaiter waiting = await("1");

        shutdown.endLateWaits(ref("1"));
        assertThat(waiting.timesNotified()).isZero();
        phase.stop();
        shutdown.endLateWaits(ref("1"));
        shutdown.endLateWaits(ref("2"));

        assertThat(waiting.failure()).hasMessageContaining("the routes stop");
    }

    @Test
    void aClaimTimesOutOnceItsExchangeHasTakenTooLong() {
        TestWaiter waiting = endedTask();
        AtomicInteger timeouts = new AtomicInteger();
        waiting.claim().limit(Duration.ofSeconds(10), timeouts::incrementAndGet);

        time.advance(Duration.ofSeconds(9));
        assertThat(timeouts).hasValue(0);
        time.advance(Duration.ofSeconds(1));

        assertThat(timeouts).hasValue(1);
    }

    @Test
    void aLimitOfZeroIsNone() {
        TestWaiter waiting = endedTask();
        AtomicInteger timeouts = new AtomicInteger();

        waiting.claim().limit(Duration.ZERO, timeouts::incrementAndGet);
        time.advance(Duration.ofSeconds(10));

        assertThat(timeouts).hasValue(0);
    }

    @Test
    void aClaimThatHasEndedDoesNotTimeOut() {
        TestWaiter waiting = endedTask();
        AtomicInteger timeouts = new AtomicInteger();
        waiting.claim().limit(Duration.ofSeconds(10), timeouts::incrementAndGet);
        waiting.claim().delivered();
        time.advance(Duration.ofSeconds(20));
        assertThat(timeouts).hasValue(0);

        waiting.claim().limit(Duration.ofSeconds(10), timeouts::incrementAndGet);
        time.advance(Duration.ofSeconds(20));

        assertThat(timeouts).hasValue(0);
        assertThat(waiting.claim().timeOut()).isFalse();
        assertThat(waiting.claim().timeOut(new TaskEvent.DeliveryFailed("video_1", 1, time.instant()), change -> {}))
                .isFalse();
        assertThat(record("1").state()).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aNewLimitTakesThePlaceOfTheOldOne() {
        TestWaiter waiting = endedTask();
        AtomicInteger timeouts = new AtomicInteger();

        waiting.claim().limit(Duration.ofSeconds(10), timeouts::incrementAndGet);
        waiting.claim().limit(Duration.ofSeconds(10), timeouts::incrementAndGet);
        time.advance(Duration.ofSeconds(20));

        assertThat(timeouts).hasValue(1);
    }

    @Test
    void aTimedOutClaimReleasesItsTaskAndItsExchangeComesTooLate() {
        TestWaiter waiting = endedTask();

        assertThat(waiting.claim().timeOut()).isTrue();

        assertThat(waiting.claim().isOver()).isTrue();
        assertThat(record("1").due().nextDelivery()).isNotNull();
        try (WarningCapture warnings = WarningCapture.of(TaskClaim.class)) {
            waiting.claim().delivered();

            assertThat(warnings.lines()).singleElement().asString().contains("video_1", "key 1", "after claimTimeout");
        }
        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aDeliveryThatTimesOutIsAFailedOne() {
        TestWaiter waiting = endedTask();

        assertThat(waiting.claim().timeOut(new TaskEvent.DeliveryFailed("video_1", 1, time.instant()), change -> {}))
                .isTrue();

        assertThat(waiting.claim().isOver()).isTrue();
        assertThat(record("1").deliveries()).isEqualTo(1);
    }

    @Test
    void aClaimThatAcquiredARecordDeliversItsTask() {
        endedTask().claim().release();
        TaskClaim claim = registry.claim(ref("1"), service);
        claim.acquire(writer.apply(ref("1"), new TaskEvent.DeliveryStarted()).required());
        assertThat(entry("1").taskId()).isEqualTo("video_1");

        claim.delivered();

        assertThat(record("1").state()).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aTimedOutClaimBesideAnotherReleasesNothing() {
        TestWaiter waiting = endedTask();
        await("1");

        assertThat(waiting.claim().timeOut()).isFalse();

        assertThat(waiting.claim().isOver()).isTrue();
        assertThat(record("1").due().nextDelivery()).isNull();
    }

    @Test
    void anExchangeThatCompletesTwiceIsNotWarnedOf() {
        TestWaiter waiting = endedTask();
        waiting.claim().delivered();

        try (WarningCapture warnings = WarningCapture.of(TaskClaim.class)) {
            waiting.claim().delivered();
            waiting.claim().release();

            assertThat(warnings.lines()).isEmpty();
        }
    }

    @Test
    void aClaimOfASubmitWithoutAnIdThatCompletesTooLateIsNotWarnedOf() {
        TestWaiter waiting = await("1");
        waiting.claim().timeOut();

        try (WarningCapture warnings = WarningCapture.of(TaskClaim.class)) {
            waiting.claim().release();

            assertThat(warnings.lines()).isEmpty();
        }
    }

    private List<WaitHandle> waitsFor(String key) {
        TaskEntry task = entry(key);
        synchronized (task) {
            return List.copyOf(task.waits());
        }
    }

    private TestWaiter endedTask() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);
        return waiting;
    }
}
