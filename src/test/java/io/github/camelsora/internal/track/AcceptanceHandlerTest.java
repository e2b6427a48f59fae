package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.TestWaiter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** From when its submit is accepted, or its record read, a task is polled, and its waiters have their timeouts. */
class AcceptanceHandlerTest extends TrackTestSupport {
    private static final Instant TRACK_UNTIL = LedgerRecords.TRACK_UNTIL.plusSeconds(60);

    private final List<TaskRecord> started = new ArrayList<>();

    @Test
    void anAcceptedTaskIsPolledAndItsWaitersForTheAcceptanceAreCompleted() {
        TestWaiter accepted = await("1", Goal.ACCEPTED);
        TestWaiter ended = await("1");

        accept(seen("video_1", TaskStatus.QUEUED));

        assertThat(started).containsExactly(record("1"));
        assertThat(accepted.task().id()).isEqualTo("video_1");
        assertThat(ended.timesNotified()).isZero();
        assertThat(entry("1").isFollowed()).isTrue();
        assertThat(shown).extracting(VideoTask::id).containsExactly("video_1");
    }

    @Test
    void theTimeoutOfAWaitBeginsWithTheAcceptance() {
        TestWaiter ended = await("1");
        time.advance(WAIT.multipliedBy(2));

        accept(seen("video_1", TaskStatus.QUEUED));
        time.advance(WAIT.minusMillis(1));
        assertThat(ended.timesNotified()).isZero();
        time.advance(WAIT);

        assertThat(ended.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aTaskThatHasFailedWhenItIsAcceptedIsInTheLedgerBeforeItsWaitersAreCompleted() {
        TestWaiter accepted = await("1", Goal.ACCEPTED);
        TestWaiter ended = await("1");

        accept(seen("video_1", TaskStatus.FAILED));

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(ended.task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(accepted.task().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void aTaskThatIsAcceptedAsCompletedWithoutAnAddressRuns() {
        TestWaiter accepted = await("1", Goal.ACCEPTED);

        accept(seen("video_1", TaskStatus.COMPLETED));

        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(accepted.task().status()).isEqualTo(TaskStatus.IN_PROGRESS);
    }

    @Test
    void aTaskThatIsAcceptedWhileTheRoutesStopIsNotPolledAndItsWaitsEndWithItsId() {
        TestWaiter ended = await("1");
        phase.stop();

        accept(seen("video_1", TaskStatus.QUEUED));

        assertThat(ended.failure()).hasMessageContaining("the routes stop");
        assertThat(ended.failure().getTaskId()).isEqualTo("video_1");
        assertThat(entry("1").isFollowed()).isFalse();
    }

    @Test
    void aLostSubmitThatIsFoundTwiceAndHasEndedIsNotPolledAgain() {
        await("1");
        accept(seen("video_1", TaskStatus.QUEUED));
        TaskRecord running = record("1");
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        acceptances.accepted(running, seen("video_1", TaskStatus.QUEUED), service, this::start);

        assertThat(started).hasSize(1);
        assertThat(entry("1").isFollowed()).isFalse();
    }

    @Test
    void aRecordThatRunsIsPolledAndOwnedByTheNodeThatWaitsForItsEnd() {
        TestWaiter accepted = await("1", Goal.ACCEPTED);
        await("1");
        TaskRecord running = add(LedgerRecords.running(ACCOUNT, "1", "video_1").ownedBy("node-2"));

        acceptances.follow(running, service, TRACK_UNTIL, this::start);

        assertThat(started).containsExactly(record("1"));
        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(accepted.task().id()).isEqualTo("video_1");
    }

    @Test
    void aRecordWhoseEndNoExchangeWaitsForKeepsItsOwner() {
        await("1", Goal.ACCEPTED);
        TaskRecord running = add(LedgerRecords.running(ACCOUNT, "1", "video_1").ownedBy("node-2"));

        acceptances.follow(running, service, TRACK_UNTIL, this::start);

        assertThat(record("1").owner()).isEqualTo("node-2");
        assertThat(started).hasSize(1);
    }

    @Test
    void aWaitForARecordThatRunsHasItsTimeout() {
        TestWaiter ended = await("1");

        acceptances.follow(addRunning("1"), service, TRACK_UNTIL, this::start);
        time.advance(WAIT);

        assertThat(ended.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aRecordThatIsFollowedAlreadyHasOneChainOfPolls() {
        TaskRecord running = addRunning("1");

        acceptances.follow(running, service, TRACK_UNTIL, this::start);
        acceptances.follow(running, service, TRACK_UNTIL, this::start);

        assertThat(started).hasSize(1);
    }

    @Test
    void aRecordThatWasSetAsideIsTrackedAgain() {
        addRunning("1");
        TaskRecord aside =
                writer.apply(ref("1"), new TaskEvent.TrackingTimedOut()).required();

        acceptances.follow(aside, service, TRACK_UNTIL, this::start);

        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(record("1").due().trackUntil()).isEqualTo(TRACK_UNTIL);
        assertThat(started).containsExactly(record("1"));
    }

    @Test
    void theWaitersOfARecordThatHasEndedHaveItsResult() {
        TestWaiter ended = await("1");
        TestWaiter accepted = await("1", Goal.ACCEPTED);
        addRunning("1");
        TaskRecord result = writer.apply(
                        ref("1"),
                        new TaskEvent.TaskCompleted("video_1", completed("video_1"), TaskEvent.ClaimHere.NONE))
                .required();

        acceptances.follow(result, service, TRACK_UNTIL, this::start);

        assertThat(ended.task().videoUrl()).isEqualTo(VIDEO);
        assertThat(accepted.task().videoUrl()).isEqualTo(VIDEO);
        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(started).isEmpty();
    }

    @Test
    void aRecordThatHasEndedSinceItWasReadIsNotPolled() {
        await("1");
        follow(addRunning("1"));
        TaskRecord running = record("1");
        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        acceptances.follow(running, service, TRACK_UNTIL, this::start);

        assertThat(started).isEmpty();
        assertThat(entry("1").isFollowed()).isFalse();
    }

    @Test
    void aRecordThatIsReadWhileTheRoutesAreSuspendedIsPolledAndItsWaitsEnd() {
        TestWaiter ended = await("1");
        phase.suspend();

        acceptances.follow(addRunning("1"), service, TRACK_UNTIL, this::start);

        assertThat(ended.failure()).hasMessageContaining("suspended");
        assertThat(entry("1").isFollowed()).isTrue();
    }

    @Test
    void aWaiterIsNotifiedWithoutTheMonitorOfItsTask() {
        AtomicInteger held = new AtomicInteger();
        TestWaiter waiting = new TestWaiter() {
            @Override
            public void onReached(VideoTask task) {
                held.set(Thread.holdsLock(entry("1")) ? 1 : -1);
            }
        };
        waiting.with(registry.claim(ref("1"), service));
        registry.await(waiting.claim(), Goal.ACCEPTED, WAIT, TestWaiter.REQUEST, waiting);

        acceptances.follow(addRunning("1"), service, TRACK_UNTIL, this::start);

        assertThat(held).hasValue(-1);
    }

    private void accept(VideoTask answer) {
        acceptances.accepted(addRunning("1"), answer, service, this::start);
    }

    private void start(TaskEntry task, TaskRecord running) {
        started.add(running);
        task.follow(running, new RecordedPolls());
    }
}
