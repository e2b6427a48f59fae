package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an entry says of its task, from its submit to its end. */
class TaskEntryStateTest extends TrackTestSupport {
    private final TaskEntry task = new TaskEntry(ref("1"), service);
    private final TaskRecord running = LedgerRecords.running(ACCOUNT, "1", "video_1");
    private final RecordedPolls polls = new RecordedPolls();

    @BeforeEach
    void checkThatNothingIsKnownAtFirst() {
        assertThat(task.key()).isEqualTo(ref("1"));
        assertThat(task.service()).isSameAs(service);
        assertThat(task.record()).isNull();
        assertThat(task.taskId()).isNull();
        assertThat(task.isFollowed()).isFalse();
        assertThat(task.lastSeen()).isEqualTo(seen(null, TaskStatus.QUEUED, null, null));
    }

    @Test
    void aSubmitThatIsSentHasARecordAndNoId() {
        TaskRecord intent = LedgerRecords.intent(ACCOUNT, "1");

        task.setIntent(intent);

        assertThat(task.record()).isEqualTo(intent);
        assertThat(task.taskId()).isNull();
        assertThat(task.lastSeen()).isEqualTo(seen(null, TaskStatus.QUEUED, null, intent.wireKey()));
    }

    @Test
    void aTaskIsLastSeenAsItsPollsHaveSeenIt() {
        synchronized (task) {
            task.follow(running, polls);
            task.onRunning(carrying("video_1", null, TaskStatus.IN_PROGRESS));
        }

        assertThat(task.isFollowed()).isTrue();
        assertThat(task.lastSeen()).isEqualTo(seen("video_1", TaskStatus.IN_PROGRESS, 40, running.wireKey()));
    }

    @Test
    void aTaskThatIsFollowedAnewStopsItsOldPolls() {
        RecordedPolls again = new RecordedPolls();
        synchronized (task) {
            task.follow(running, polls);
            task.follow(running, again);
            task.pollNow();
        }

        assertThat(polls.stops).isEqualTo(1);
        assertThat(polls.pollsNow).isZero();
        assertThat(again.pollsNow).isEqualTo(1);
        assertThat(again.stops).isZero();
    }

    @Test
    void aTaskWhosePollsHaveStoppedIsNotPolledAtOnce() {
        synchronized (task) {
            task.follow(running, polls);
            task.stopPolling();
            task.stopPolling();
            task.pollNow();
        }

        assertThat(task.isFollowed()).isFalse();
        assertThat(polls.stops).isEqualTo(1);
        assertThat(polls.pollsNow).isZero();
    }

    @Test
    void aCompletedTaskHasItsResultAndNoWaits() {
        TaskRecord ended = running.ended(TaskJson.write(completed("video_1")), LedgerRecords.NOON);
        WaitHandle wait = wait(Goal.ENDED);
        List<WaitHandle> waits;
        synchronized (task) {
            task.follow(running, polls);
            task.addWait(wait);
            waits = task.complete(ended);
        }

        assertThat(waits).containsExactly(wait);
        assertThat(task.result().videoUrl()).isEqualTo(VIDEO);
        assertThat(task.record()).isEqualTo(ended);
        assertThat(polls.endedAt).isEqualTo(LedgerRecords.NOON);
        assertThat(polls.stops).isEqualTo(1);
        assertThat(task.isCompletionAwaited()).isFalse();
    }

    @Test
    void aResultWithoutATimeTeachesTheScheduleNothing() {
        synchronized (task) {
            task.follow(running, polls);
            task.complete(running.ended(TaskJson.write(completed("video_1")), null));
        }

        assertThat(polls.result).isNull();
        assertThat(task.result()).isNotNull();
    }

    @Test
    void theEpochOfAClaimIsThatOfTheFirstUntilItIsConfirmed() {
        synchronized (task) {
            task.addClaim(3);
            task.addClaim(4);
            assertThat(task.claimEpoch()).isEqualTo(3);
            task.confirmClaims(5);
            assertThat(task.claimEpoch()).isEqualTo(5);
            task.removeClaim();
            assertThat(task.isClaimed()).isTrue();
            task.removeClaim();
            assertThat(task.isClaimed()).isFalse();
            task.addClaim(6);
            assertThat(task.claimEpoch()).isEqualTo(6);
        }
    }

    @Test
    void aReleasedClaimLeavesRecoveryTimeoutForTheSearch() {
        assertThat(task.claimReleased()).isEqualTo(new TaskEvent.ClaimReleased(RECOVERY));
    }

    @Test
    void theEndIsAwaitedOnlyByAWaitForIt() {
        synchronized (task) {
            task.addWait(wait(Goal.ACCEPTED));
            assertThat(task.isEndAwaited()).isFalse();
            task.addWait(wait(Goal.ENDED));
            assertThat(task.isEndAwaited()).isTrue();
            assertThat(task.removeWaits(wait -> wait.goal == Goal.ENDED)).hasSize(1);
            assertThat(task.isEndAwaited()).isFalse();
            assertThat(task.waits()).hasSize(1);
        }
    }

    @Test
    void aCompletionIsAwaitedByPollsOrByAWait() {
        assertThat(task.isCompletionAwaited()).isFalse();
        WaitHandle wait = wait(Goal.ENDED);
        synchronized (task) {
            task.addWait(wait);
        }
        assertThat(task.isCompletionAwaited()).isTrue();
        task.removeWait(wait);
        assertThat(task.isCompletionAwaited()).isFalse();

        synchronized (task) {
            task.follow(running, polls);
        }

        assertThat(task.isCompletionAwaited()).isTrue();
    }

    @Test
    void theEarliestDeadlineIsThatOfTheWaitThatEndsFirst() {
        WaitHandle first = wait(Goal.ENDED);
        WaitHandle second = wait(Goal.ENDED);
        synchronized (task) {
            task.addWait(second);
            task.addWait(first);
            assertThat(task.earliestDeadline()).isEmpty();
            endAt(second, time.instant().plusSeconds(20));
            endAt(first, time.instant().plusSeconds(10));

            assertThat(task.earliestDeadline()).hasValue(time.instant().plusSeconds(10));
        }
    }

    @Test
    void eachWaitFailsForAReasonOfItsOwn() {
        TestWaiter waiter = new TestWaiter();
        WaitHandle wait = new WaitHandle(Goal.ENDED, Duration.ofSeconds(7), TestWaiter.REQUEST, waiter, Runnable::run);
        synchronized (task) {
            task.addWait(wait);
        }

        task.failWaits(failed -> SubmitExceptions.suspended(ref("waited " + failed.timeout.toSeconds())));

        assertThat(waiter.failure()).hasMessageContaining("waited 7");
        synchronized (task) {
            assertThat(task.waits()).isEmpty();
        }
    }

    @Test
    void anEntryThatHasLeftMemorySaysSo() {
        synchronized (task) {
            assertThat(task.isRetired()).isFalse();
            task.setRetired();
            assertThat(task.isRetired()).isTrue();
        }
    }

    private static WaitHandle wait(Goal goal) {
        return new WaitHandle(goal, WAIT, TestWaiter.REQUEST, new TestWaiter(), Runnable::run);
    }

    private void endAt(WaitHandle wait, Instant when) {
        wait.endsAt(when, time.timers().schedule(when, () -> {}));
    }

    private static VideoTask seen(String id, TaskStatus status, Integer progress, String wireKey) {
        return new VideoTask(id, "1", wireKey, status, progress, null, null, null, null, null, null, null, null, null);
    }
}
