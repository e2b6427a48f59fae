package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** After a loss of the lease this node asks the ledger for each of its tasks whether another node has taken it over. */
class LeaseLossHandlerTest extends TrackTestSupport {

    @Test
    void aWaitForATaskThatAnotherNodeHasTakenOverEnds() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));
        takeOver("1");
        loseTheLease();

        try (WarningCapture warnings = WarningCapture.of(LeaseLossHandler.class)) {
            assertThat(leaseLoss.onLeaseLost(() -> {})).isTrue();

            assertThat(warnings.lines()).singleElement().asString().contains("video_1", "key 1", "taken over");
        }
        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class).hasMessageContaining("another one");
        assertThat(waiting.failure().getTaskId()).isEqualTo("video_1");
        assertThat(polls.stops).isEqualTo(1);
    }

    @Test
    void aTaskThatAnotherNodeHasTakenOverLeavesMemoryWithItsLastClaim() {
        follow(addRunning("1"));
        takeOver("1");

        leaseLoss.onLeaseLost(() -> {});

        assertThat(entries.count()).isZero();
    }

    @Test
    void aTaskThatIsStillOwnedIsFollowedOnAndCannotBeTakenOverFromAnOldRead() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));
        loseTheLease();
        TaskRecord readByAnother = record("1");

        assertThat(leaseLoss.onLeaseLost(() -> {})).isTrue();

        assertThat(waiting.timesNotified()).isZero();
        assertThat(polls.stops).isZero();
        assertThat(ledger.replace(readByAnother.ownedBy("node-2"))).isEmpty();
    }

    @Test
    void aClaimOnATaskThatIsStillOwnedIsCertainAgain() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        loseTheLease();

        leaseLoss.onLeaseLost(() -> {});

        assertThat(waiting.timesNotified()).isZero();
        assertThat(epochOf("1")).isEqualTo(lease.epoch());
    }

    @Test
    void aClaimOnATaskThatWasTakenOverStaysUncertain() {
        await("1");
        follow(addRunning("1"));
        takeOver("1");
        loseTheLease();

        leaseLoss.onLeaseLost(() -> {});

        assertThat(epochOf("1")).isLessThan(lease.epoch());
    }

    @Test
    void aSubmitWhoseAnswerIsNotThereYetIsLeftToItsAnswer() {
        TestWaiter waiting = await("1");
        loseTheLease();

        assertThat(leaseLoss.onLeaseLost(() -> {})).isTrue();

        assertThat(waiting.timesNotified()).isZero();
        assertThat(entries.count()).isEqualTo(1);
    }

    @Test
    void aTaskThatHasEndedIsNotAskedFor() {
        await("1");
        follow(addRunning("1"));
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);
        loseTheLease();
        TaskRecord ended = record("1");

        try (WarningCapture warnings = WarningCapture.of(LeaseLossHandler.class)) {
            assertThat(leaseLoss.onLeaseLost(() -> {})).isTrue();

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(record("1")).isEqualTo(ended);
    }

    @Test
    void aTaskThatCannotBeConfirmedIsWarnedOfAndHasToBeConfirmedAgain() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));
        loseTheLease();
        ledger.fail();

        try (WarningCapture warnings = WarningCapture.of(LeaseLossHandler.class)) {
            assertThat(leaseLoss.onLeaseLost(() -> {})).isFalse();

            assertThat(warnings.lines()).singleElement().asString().contains("video_1", "key 1", "could not confirm");
        }
        assertThat(waiting.timesNotified()).isZero();
        assertThat(polls.stops).isZero();
    }

    @Test
    void whatIsDoneInBetweenIsDoneForEachTaskAndMayEndTheConfirmation() {
        follow(addRunning("1"));
        follow(addRunning("2"));
        AtomicInteger times = new AtomicInteger();

        leaseLoss.onLeaseLost(times::incrementAndGet);

        assertThat(times).hasValue(2);
        assertThatThrownBy(() -> leaseLoss.onLeaseLost(() -> {
                    throw new IllegalStateException("thrown by a test");
                }))
                .hasMessage("thrown by a test");
    }

    @Test
    void aTaskThatIsConfirmedIsNotWrittenAgainWhileAnotherCannotBeConfirmed() {
        await("1");
        await("2");
        follow(addRunning("1"));
        follow(addRunning("2"));
        loseTheLease();
        failOnce();
        assertThat(leaseLoss.onLeaseLost(() -> {})).isFalse();
        long versions = record("1").version() + record("2").version();

        assertThat(leaseLoss.onLeaseLost(() -> {})).isTrue();

        assertThat(record("1").version() + record("2").version()).isEqualTo(versions + 1);
    }

    @Test
    void manyTasksThatCannotBeConfirmedAreOneWarningWithTheirNumber() {
        follow(addRunning("1"));
        follow(addRunning("2"));
        follow(addRunning("3"));
        loseTheLease();
        ledger.fail();

        try (WarningCapture warnings = WarningCapture.of(LeaseLossHandler.class)) {
            leaseLoss.onLeaseLost(() -> {});

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("3 tasks", "video_", "Nothing is paid again");
        }
    }

    @Test
    void aTaskThatCanNeverBeConfirmedIsReportedEverMoreRarely() {
        follow(addRunning("1"));
        loseTheLease();
        ledger.fail();

        try (WarningCapture warnings = WarningCapture.of(LeaseLossHandler.class)) {
            for (int run = 0; run < 10; run++) {
                leaseLoss.onLeaseLost(() -> {});
            }

            assertThat(warnings.lines()).hasSize(4);
        }
    }

    private void loseTheLease() {
        time.advance(LEASE.plusMillis(1));
        lease.renew();
    }

    private void failOnce() {
        ledger.onceBeforeReplace(() -> {
            throw new IllegalStateException("thrown by a test");
        });
    }

    private long epochOf(String key) {
        TaskEntry task = entry(key);
        synchronized (task) {
            return task.claimEpoch();
        }
    }
}
