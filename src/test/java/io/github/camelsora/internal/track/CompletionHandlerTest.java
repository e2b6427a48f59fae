package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How a task is followed from its acceptance to its end, and what the first report of that end does. */
class CompletionHandlerTest extends TaskTestSupport {

    @Test
    void aTaskIsPolledFirstAfterTheInitialDelay() {
        remix("key-1");

        passInSteps(Duration.ofSeconds(4), Duration.ofSeconds(1));
        int before = polls("key-1");
        passSeconds(1);

        assertThat(before).isZero();
        assertThat(polls("key-1")).isEqualTo(1);
    }

    @Test
    void aRunningTaskIsPolledOncePerInterval() {
        remix("key-1");

        passInSteps(Duration.ofSeconds(65), Duration.ofSeconds(1));

        assertThat(polls("key-1")).isEqualTo(7);
    }

    @Test
    void aWaiterGetsTheResult() {
        TestWaiter waiting = remix("key-1");

        completeAndPoll("key-1");

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(waiting.task().videoUrl()).startsWith(toApis.fileBaseUrl());
        assertThat(waiting.task().key()).isEqualTo("key-1");
    }

    @Test
    void aFailureIsAResultToo() {
        TestWaiter waiting = remix("key-1");

        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        passSeconds(5);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void anUnknownStateMeansRunning() {
        TestWaiter waiting = remix("key-1");
        toApis.statusWord(taskId("key-1"), "dreaming");

        passSeconds(60);

        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void theResultIsInTheLedgerBeforeWaitersAreNotified() {
        remix("key-1");
        toApis.complete(taskId("key-1"));
        AtomicReference<TaskState> meanwhile = new AtomicReference<>();
        TaskClaim claim = engine.registry.claim(ref("key-1"), service());
        engine.registry.await(claim, Goal.ENDED, COMPLETION_TIMEOUT, TestWaiter.REQUEST, new TaskWaiter() {
            @Override
            public void onReached(VideoTask task) {
                meanwhile.set(state("key-1"));
            }

            @Override
            public void onFailed(SoraException reason) {
                throw new AssertionError(reason);
            }
        });

        passSeconds(5);

        assertThat(meanwhile).hasValue(TaskState.ENDED);
    }

    @Test
    void anEndedTaskIsNotPolledAnyMore() {
        remix("key-1");
        completeAndPoll("key-1");
        int polls = polls("key-1");

        passSeconds(600);

        assertThat(polls("key-1")).isEqualTo(polls);
    }

    @Test
    void aTaskThatHasEndedWhenItIsAcceptedIsAnsweredAtOnce() {
        toApis.on(Call.SUBMIT).afterProcessing().answer(200, """
                        {"id": "video_1", "status": "failed", "error": {"code": "no", "message": "Not today"}}""");

        TestWaiter waiting = remix("key-1");

        assertThat(waiting.task().errorMessage()).isEqualTo("Not today");
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aSignalFromElsewhereEndsTheWait() {
        TestWaiter waiting = remix("key-1");

        signal(seen("key-1", TaskStatus.COMPLETED, "https://files.toapis.com/1.mp4"));
        work();

        assertThat(waiting.task().videoUrl()).isEqualTo("https://files.toapis.com/1.mp4");
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void afterASignalFromElsewhereNothingIsPolled() {
        remix("key-1");

        signal(seen("key-1", TaskStatus.COMPLETED, "https://files.toapis.com/1.mp4"));
        passSeconds(600);

        assertThat(polls("key-1")).isZero();
    }

    @Test
    void theFirstSignalWins() {
        TestWaiter waiting = remix("key-1");
        signal(seen("key-1", TaskStatus.COMPLETED, "https://files.toapis.com/1.mp4"));
        TaskRecord first = record("key-1");

        signal(seen("key-1", TaskStatus.FAILED, null));
        work();

        assertThat(record("key-1")).isEqualTo(first);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aLatePollChangesNothing() {
        TestWaiter waiting = remix("key-1");
        leaveUndone(Duration.ofSeconds(5));
        timers.runDue();
        signal(seen("key-1", TaskStatus.FAILED, null));
        TaskRecord first = record("key-1");
        toApis.complete(taskId("key-1"));

        work();

        assertThat(record("key-1")).isEqualTo(first);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void aPollThatIsUnderWayWhenAnotherSignalComesChangesNothing() {
        TestWaiter waiting = remix("key-1");
        Hold poll = toApis.on(Call.STATUS).afterProcessing().hold();
        toApis.complete(taskId("key-1"));
        leaveUndone(Duration.ofSeconds(5));
        CompletableFuture<Void> polling = workElsewhere();
        poll.awaitReached(SOON);

        signal(seen("key-1", TaskStatus.FAILED, null));
        TaskRecord first = record("key-1");
        poll.release();
        polling.join();

        assertThat(record("key-1")).isEqualTo(first);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void aPollOfWhatAnotherNodeHasSeenEndAnswersThatResult() {
        TestWaiter waiting = remix("key-1");
        endElsewhere("key-1", "https://files.toapis.com/theirs.mp4");
        toApis.complete(taskId("key-1"));

        passSeconds(5);

        assertThat(waiting.task().videoUrl()).isEqualTo("https://files.toapis.com/theirs.mp4");
    }

    @Test
    void aTaskThatAnotherNodeHasSeenEndIsOwnedByTheNodeThatWaitsForIt() {
        remix("key-1");
        endElsewhere("key-1", "https://files.toapis.com/theirs.mp4");
        toApis.complete(taskId("key-1"));

        passSeconds(5);

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void aSignalOfARunningTaskEndsNothing() {
        remix("key-1");

        signal(seen("key-1", TaskStatus.IN_PROGRESS, null));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aSignalOfAnUnknownTaskIsReturnedUnchanged() {
        VideoTask stranger = TrackTestSupport.seen("video_x", TaskStatus.COMPLETED);

        VideoTask known = signal(stranger);

        assertThat(known).isEqualTo(stranger);
        assertThat(ledger.findByTaskId(ACCOUNT, "video_x")).isEmpty();
    }

    @Test
    void aSignalIsAnsweredWithOurKey() {
        remix("key-1");

        VideoTask known = signal(seen("key-1", TaskStatus.IN_PROGRESS, null));

        assertThat(known.key()).isEqualTo("key-1");
    }

    @Test
    void aSignalOfATaskThatThisNodeDoesNotFollowIsWritten() {
        ledger.add(LedgerRecords.running(ACCOUNT, "key-1", "video_1"));

        signal(seen("key-1", TaskStatus.COMPLETED, "https://files.toapis.com/1.mp4"));

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void theListenerIsNotifiedOfEachAnswerAboutTheTask() {
        remix("key-1");
        passSeconds(5);
        completeAndPoll("key-1");

        List<TaskStatus> statuses = heard.stream().map(VideoTask::status).toList();
        assertThat(statuses).startsWith(TaskStatus.QUEUED).endsWith(TaskStatus.COMPLETED);
        assertThat(heard).extracting(VideoTask::key).containsOnly("key-1");
    }

    @Test
    void aListenerThatThrowsAffectsNoWaiter() {
        listener = task -> {
            throw new IllegalStateException("thrown by a test");
        };
        TestWaiter waiting = remix("key-1");

        completeAndPoll("key-1");

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    private int polls(String key) {
        return toApis.books().polls(taskId(key));
    }

    private VideoTask seen(String key, TaskStatus status, String url) {
        return new VideoTask(
                taskId(key), null, null, status, null, null, null, null, null, url, null, null, null, null);
    }

    private void endElsewhere(String key, String url) {
        VideoTask result = seen(key, TaskStatus.COMPLETED, url);
        new LedgerWriter(ledger, NODE, true, (entry, change) -> {})
                .apply(ref(key), new TaskEvent.TaskCompleted(taskId(key), result, TaskEvent.ClaimHere.NONE));
    }
}
