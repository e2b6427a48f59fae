package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which exchange claims which task, and which one waits for it. */
class TaskRegistryTest extends TrackTestSupport {

    @Test
    void aClaimKeepsItsTaskInMemoryUntilItEnds() {
        TaskClaim claim = registry.claim(ref("1"), service);

        assertThat(claim.key()).isEqualTo(ref("1"));
        assertThat(registry.isClaimed(ref("1"))).isTrue();
        assertThat(registry.isTracked(ref("1"))).isTrue();
        claim.release();
        assertThat(registry.isClaimed(ref("1"))).isFalse();
        assertThat(registry.isTracked(ref("1"))).isFalse();
    }

    @Test
    void aTaskThatIsFollowedWithoutAnExchangeIsTrackedAndNotClaimed() {
        follow(addRunning("1"));

        assertThat(registry.isTracked(ref("1"))).isTrue();
        assertThat(registry.isClaimed(ref("1"))).isFalse();
        assertThat(registry.isAwaited(ref("1"))).isFalse();
    }

    @Test
    void aWaitLastsUntilItsTaskHasEnded() {
        TestWaiter waiting = new TestWaiter();
        waiting.with(registry.claim(ref("1"), service));
        WaitHandle wait = registry.await(waiting.claim(), Goal.ENDED, WAIT, TestWaiter.REQUEST, waiting);
        follow(addRunning("1"));
        assertThat(registry.isWaiting(waiting.claim(), wait)).isTrue();
        assertThat(registry.isAwaited(ref("1"))).isTrue();

        complete();

        assertThat(waiting.task().videoUrl()).isEqualTo(VIDEO);
        assertThat(registry.isWaiting(waiting.claim(), wait)).isFalse();
        assertThat(registry.isAwaited(ref("1"))).isFalse();
    }

    @Test
    void aWaitThatIsCompletedAtOnceIsOver() {
        follow(addRunning("1"));
        TestWaiter waiting = new TestWaiter();
        waiting.with(registry.claim(ref("1"), service));

        WaitHandle wait = registry.await(waiting.claim(), Goal.ACCEPTED, WAIT, TestWaiter.REQUEST, waiting);

        assertThat(wait.isOver()).isTrue();
        assertThat(wait.reachedId()).isEqualTo("video_1");
        assertThat(registry.isAwaited(ref("2"))).isFalse();
    }

    @Test
    void aWaitThatHasFailedIsNoWaitAnyMore() {
        TestWaiter waiting = new TestWaiter();
        waiting.with(registry.claim(ref("1"), service));
        WaitHandle wait = registry.await(waiting.claim(), Goal.ENDED, WAIT, TestWaiter.REQUEST, waiting);

        wait.fail(SubmitExceptions.suspended(ref("1")));

        assertThat(registry.isWaiting(waiting.claim(), wait)).isFalse();
        assertThat(registry.isAwaited(ref("1"))).isFalse();
    }

    @Test
    void aWaitForAResultThatIsThereIsCompletedAtOnce() {
        await("1");
        follow(addRunning("1"));
        complete();

        assertThat(await("1").task().videoUrl()).isEqualTo(VIDEO);
        assertThat(await("1", Goal.ACCEPTED).task().videoUrl()).isEqualTo(VIDEO);
    }

    @Test
    void aResultWithoutAnAddressCompletesNoNewWait() {
        await("1");
        follow(addRunning("1"));
        completions.completed(
                entry("1"), TaskReader.resultMissing(seen("video_1", TaskStatus.COMPLETED)), CompletionSource.POLL);

        assertThat(await("1").timesNotified()).isZero();
    }

    @Test
    void aWaitForTheAcceptanceIsCompletedAtOnceWhenTheTaskHasAnId() {
        follow(addRunning("1"));

        TestWaiter accepted = await("1", Goal.ACCEPTED);

        assertThat(accepted.task().id()).isEqualTo("video_1");
        assertThat(accepted.task().key()).isEqualTo("1");
        assertThat(accepted.task().status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(await("1").timesNotified()).isZero();
    }

    @Test
    void aWaitForATaskWithAnIdHasItsTimeoutFromNow() {
        follow(addRunning("1"));
        TestWaiter waiting = await("1");
        TaskEntry task = entry("1");
        synchronized (task) {
            assertThat(task.earliestDeadline()).hasValue(time.instant().plus(WAIT));
        }

        time.advance(WAIT.minusMillis(1));
        assertThat(waiting.timesNotified()).isZero();
        time.advance(Duration.ofMillis(1));

        assertThat(waiting.failure()).hasMessageContaining("video_1").hasMessageContaining("60 s");
        synchronized (task) {
            assertThat(task.waits()).isEmpty();
        }
    }

    @Test
    void aWaitForASubmitThatIsNotAcceptedHasNoTimeoutOfItsOwn() {
        TestWaiter waiting = await("1");

        time.advance(WAIT.multipliedBy(2));

        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void aWaitForALostSubmitEndsWithTheSearch() {
        TestWaiter waiting = await("1");
        WaitParkedException reason = (WaitParkedException) SubmitExceptions.suspended(ref("1"));

        registry.limitSearch(ref("1"), RECOVERY, reason);
        registry.limitSearch(ref("2"), RECOVERY, reason);
        time.advance(RECOVERY.minusMillis(1));
        assertThat(waiting.timesNotified()).isZero();
        time.advance(Duration.ofMillis(1));

        assertThat(waiting.failure()).isSameAs(reason);
    }

    @Test
    void aSearchDoesNotProlongAWaitThatHasADeadline() {
        TestWaiter waiting = await("1");
        registry.limitSearch(ref("1"), Duration.ofSeconds(10), SubmitExceptions.suspended(ref("1")));

        registry.limitSearch(ref("1"), RECOVERY, SubmitExceptions.suspended(ref("1")));
        time.advance(Duration.ofSeconds(10));

        assertThat(waiting.timesNotified()).isEqualTo(1);
    }

    @Test
    void whatIsSentIsRememberedUntilItIsWithdrawn() {
        TaskRecord intent = LedgerRecords.intent(ACCOUNT, "1");
        registry.claim(ref("1"), service);
        assertThat(registry.remembered(ref("1"))).isEmpty();

        registry.sending(intent);
        registry.withdrawn(LedgerRecords.intentWith(ACCOUNT, "1", "1~abcdefghij"));
        assertThat(registry.remembered(ref("1"))).hasValue(intent);
        registry.withdrawn(intent);

        assertThat(registry.remembered(ref("1"))).isEmpty();
    }

    @Test
    void whatIsSentWithoutAnEntryIsNotRemembered() {
        registry.sending(LedgerRecords.intent(ACCOUNT, "1"));
        registry.withdrawn(LedgerRecords.intent(ACCOUNT, "1"));

        assertThat(registry.remembered(ref("1"))).isEmpty();
    }

    @Test
    void waitsThatAreRemovedAreLeftToTheCaller() {
        TestWaiter waiting = await("1");

        List<WaitHandle> removed = registry.removeSubmitWaits(ref("1"));

        assertThat(removed).hasSize(1);
        assertThat(waiting.timesNotified()).isZero();
        assertThat(registry.isAwaited(ref("1"))).isFalse();
        assertThat(registry.removeSubmitWaits(ref("2"))).isEmpty();
    }

    @Test
    void aWaitForATaskByItsIdIsNotRemovedWithTheSubmitOfItsKey() {
        TestWaiter waiting = new TestWaiter();
        waiting.with(registry.claim(ref("1"), service));
        registry.await(waiting.claim(), Goal.ENDED, WAIT, WaitHandle.Request.BY_ID, waiting);

        assertThat(registry.removeSubmitWaits(ref("1"))).isEmpty();

        assertThat(registry.isAwaited(ref("1"))).isTrue();
    }

    @Test
    void aWaitThatBeginsWhileTheRoutesAreSuspendedEndsAtOnce() {
        follow(addRunning("1"));
        phase.suspend();

        TestWaiter waiting = await("1");

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class).hasMessageContaining("suspended");
        assertThat(registry.isAwaited(ref("1"))).isFalse();
    }

    @Test
    void aWaitThatBeginsWhileTheRoutesStopEndsAtOnceUnlessItsAnswerIsUnderWay() {
        follow(addRunning("1"));
        phase.stop();

        assertThat(await("1").failure()).hasMessageContaining("the routes stop");
        assertThat(await("2").timesNotified()).isZero();
    }

    @Test
    void entriesKnowTheAccountsThatTheyAreOf() {
        registry.claim(ref("1"), service).release();
        registry.claim(new TaskKey("shop", "1"), service);

        assertThat(entries.accounts()).containsExactly("shop");
        assertThat(entries.everyAccount()).containsExactlyInAnyOrder(ACCOUNT, "shop");
        assertThat(entries.count()).isEqualTo(1);
        assertThat(entries.all()).extracting(TaskEntry::key).containsExactly(new TaskKey("shop", "1"));
    }

    private void complete() {
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);
    }
}
