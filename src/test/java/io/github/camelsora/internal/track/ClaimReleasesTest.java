package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the end of a claim is written, at once or when the ledger is back. */
class ClaimReleasesTest extends TrackTestSupport {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private TestWaiter waiting;
    private RecordedPolls polls;

    @BeforeEach
    void awaitATask() {
        waiting = await("1");
        polls = follow(addRunning("1"));
    }

    @Test
    void aResultThatNoExchangeHereHasIsDueAndNotifiesConsumers() {
        complete();
        AtomicInteger notifications = countNotifications();

        waiting.claim().release();

        assertThat(record("1").due().nextDelivery()).isEqualTo(time.instant());
        assertThat(record("1").owner()).isNull();
        assertThat(notifications).hasValue(1);
        assertThat(entries.count()).isZero();
    }

    @Test
    void aResultThatAnotherExchangeHereHasIsNotDue() {
        TestWaiter other = await("1");
        complete();

        waiting.claim().release();

        assertThat(record("1").due().nextDelivery()).isNull();
        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(entries.count()).isEqualTo(1);
        other.claim().release();
        assertThat(record("1").due().nextDelivery()).isNotNull();
    }

    @Test
    void aTaskThatIsFollowedStaysWithThisNodeUntilItHasEnded() {
        waiting.claim().release();

        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(polls.stops).isZero();
        assertThat(entries.count()).isEqualTo(1);
    }

    @Test
    void aLostSubmitIsReportedAfterRecoveryTimeoutWhenItsClaimIsReleased() {
        TestWaiter lost = await("2");
        addLost("2");

        lost.claim().release();

        assertThat(record("2").due().nextDelivery()).isEqualTo(time.instant().plus(RECOVERY));
    }

    @Test
    void anExchangeThatHasCompletedWithTheAcceptanceDeliversNoResult() {
        TestWaiter accepted = await("1", TaskWaiter.Goal.ENDED);
        complete();

        releases.release(accepted.claim().task(), new TaskEvent.Delivered(null, false), change -> {});

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aReportedLossWhoseTaskHasEndedMeanwhileIsDue() {
        complete();
        AtomicInteger notifications = countNotifications();

        waiting.claim().lossReported();

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(record("1").due().nextDelivery()).isNotNull();
        assertThat(notifications).hasValue(1);
    }

    @Test
    void theChangeIsReportedWhenItIsWritten() {
        complete();
        AtomicInteger changes = new AtomicInteger();

        waiting.claim().end(new TaskEvent.DeliveryFailed("video_1", 1, time.instant()), change -> {
            assertThat(change.isChanged()).isTrue();
            changes.incrementAndGet();
        });

        assertThat(changes).hasValue(1);
    }

    @Test
    void theEndOfAClaimIsWrittenWhenTheLedgerIsBack() {
        complete();
        AtomicInteger notifications = countNotifications();
        AtomicInteger changes = new AtomicInteger();
        ledger.fail();

        try (WarningCapture log = WarningCapture.of(ClaimReleases.class)) {
            waiting.claim()
                    .end(
                            new TaskEvent.DeliveryFailed("video_1", 1, time.instant()),
                            change -> changes.incrementAndGet());

            assertThat(log.lines()).singleElement().asString().contains("video_1", "key 1", "retrying every 5 s");
        }
        assertThat(releases.isUnwritten(ref("1"))).isTrue();
        assertThat(registry.isTracked(ref("1"))).isTrue();
        assertThat(changes).hasValue(0);
        ledger.recover();
        time.advance(RETRY);

        assertThat(record("1").deliveries()).isEqualTo(1);
        assertThat(changes).hasValue(1);
        assertThat(notifications).hasValue(1);
        assertThat(releases.isUnwritten(ref("1"))).isFalse();
        assertThat(registry.isTracked(ref("1"))).isFalse();
    }

    @Test
    void aLateReleaseIsNotWrittenOnceTheTaskIsClaimedAgain() {
        complete();
        ledger.fail();
        waiting.claim().release();
        ledger.recover();
        registry.claim(ref("1"), service);

        time.advance(RETRY);

        assertThat(record("1").due().nextDelivery()).isNull();
        assertThat(releases.isUnwritten(ref("1"))).isFalse();
        assertThat(entries.count()).isEqualTo(1);
    }

    @Test
    void aLateDeliveryIsWrittenAlsoWhenTheTaskIsClaimedAgain() {
        complete();
        ledger.fail();
        waiting.claim().delivered();
        ledger.recover();
        registry.claim(ref("1"), service);

        time.advance(RETRY);

        assertThat(record("1").state()).isEqualTo(TaskState.DELIVERED);
    }

    private void complete() {
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);
    }
}
