package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.RecordNotFoundException;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The first source that sees the end of a task has it written, its waiters completed and consumers notified. */
class FirstCompletionTest extends TrackTestSupport {

    @Test
    void anEndOfAClaimedTaskIsWrittenForItsExchange() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));
        AtomicInteger notifications = countNotifications();

        assertThat(completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL))
                .isTrue();

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(waiting.task().videoUrl()).isEqualTo(VIDEO);
        assertThat(notifications).hasValue(0);
        assertThat(polls.endedAt).isEqualTo(time.instant());
        assertThat(polls.result.videoUrl()).isEqualTo(VIDEO);
        assertThat(polls.stops).isEqualTo(1);
        assertThat(entry("1").isFollowed()).isFalse();
    }

    @Test
    void anEndOfATaskWithoutAClaimIsDueAndLeavesMemory() {
        follow(addRunning("1"));
        AtomicInteger notifications = countNotifications();

        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        assertThat(record("1").owner()).isNull();
        assertThat(record("1").due().nextDelivery()).isEqualTo(time.instant());
        assertThat(notifications).hasValue(1);
        assertThat(entries.count()).isZero();
    }

    @Test
    void aLaterEndChangesNothing() {
        await("1");
        follow(addRunning("1"));
        TaskEntry task = entry("1");
        completions.completed(task, completed("video_1"), CompletionSource.POLL);
        TaskRecord first = record("1");

        assertThat(completions.completed(task, seen("video_1", TaskStatus.FAILED), CompletionSource.POLL))
                .isTrue();

        assertThat(record("1")).isEqualTo(first);
    }

    @Test
    void anEndOfAnEntryThatHasLeftMemoryIsNotWrittenThroughIt() {
        follow(addRunning("1"));
        TaskEntry task = entry("1");
        synchronized (task) {
            entries.retire(task);
        }

        assertThat(completions.completed(task, completed("video_1"), CompletionSource.POLL))
                .isFalse();

        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anEndDoesNotEndALaterSubmitOfItsKey() {
        TaskRecord retried = addRunning("1");
        TestWaiter waiting = await("1");
        ledger.forget(retried, LedgerRecords.intentWith(ACCOUNT, "1", "1~abcdefghij"));
        TaskRecord intent = record("1");

        assertThatThrownBy(() -> completions.seen(retried, completed("video_1"), CompletionSource.WEBHOOK))
                .isInstanceOf(RecordNotFoundException.class);

        assertThat(record("1")).isEqualTo(intent);
        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void anEndThatAnotherNodeHasWrittenIsClaimedForTheExchangeHere() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        ledger.replace(record("1").ownedBy(null));
        otherNode.apply(
                ref("1"), new TaskEvent.TaskCompleted("video_1", completed("video_1"), TaskEvent.ClaimHere.NONE));

        completions.completed(entry("1"), seen("video_1", TaskStatus.FAILED), CompletionSource.POLL);

        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(record("1").due().nextDelivery()).isNull();
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void anEndThatWasWrittenForAClaimThatIsReleasedByNowIsDue() {
        follow(addRunning("1"));
        writer.apply(
                ref("1"), new TaskEvent.TaskCompleted("video_1", completed("video_1"), TaskEvent.ClaimHere.CERTAIN));
        AtomicInteger notifications = countNotifications();

        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        assertThat(record("1").owner()).isNull();
        assertThat(record("1").due().nextDelivery()).isNotNull();
        assertThat(notifications).hasValue(1);
    }

    @Test
    void anEndAfterABreakOfTheLeaseIsLeftToTheNodeThatTookTheTaskOver() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        takeOver("1");
        breakTheLease();

        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(record("1").owner()).isEqualTo("node-2");
        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class).hasMessageContaining("another one");
    }

    @Test
    void anEndAfterABreakOfTheLeaseInWhichTheTaskWasNotTakenOverReachesTheExchange() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        breakTheLease();

        completions.completed(entry("1"), completed("video_1"), CompletionSource.POLL);

        assertThat(record("1").owner()).isEqualTo(NODE);
        assertThat(waiting.task().id()).isEqualTo("video_1");
    }

    @Test
    void aSourceThatSeesAnEndFirstIsCounted() {
        Instant regular = time.instant().plusSeconds(10);
        follow(addRunning("1"));
        add(LedgerRecords.running(ACCOUNT, "2", "video_2"));

        completions.completed(entry("1"), completed("video_1"), CompletionSource.WEBHOOK);
        assertThat(reliability.of(ACCOUNT).stretch(time.instant(), regular, TIMEOUTS))
                .isEqualTo(time.instant().plusSeconds(20));
        completions.seen(record("2"), completed("video_2"), CompletionSource.WEBHOOK);
        completions.seen(record("2"), completed("video_2"), CompletionSource.WEBHOOK);

        assertThat(reliability.of(ACCOUNT).stretch(time.instant(), regular, TIMEOUTS))
                .isEqualTo(time.instant().plusSeconds(30));
    }

    @Test
    void anEndOfATaskThatIsNotInMemoryIsWrittenAndNotifiesConsumers() {
        TaskRecord running = add(LedgerRecords.running(ACCOUNT, "1", "video_1").ownedBy(null));
        AtomicInteger notifications = countNotifications();

        completions.seen(running, completed("video_1"), CompletionSource.WEBHOOK);

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(notifications).hasValue(1);
        assertThat(shown).extracting(VideoTask::id).containsExactly("video_1");
    }

    @Test
    void aRunningTaskIsShownToTheListenerAndWritesNothing() {
        TaskRecord running = addRunning("1");

        completions.seen(running, seen("video_1", TaskStatus.IN_PROGRESS), CompletionSource.STATUS_CALL);

        assertThat(record("1")).isEqualTo(running);
        assertThat(shown).extracting(VideoTask::status).containsExactly(TaskStatus.IN_PROGRESS);
    }

    @Test
    void aCompletionWithoutAnAddressIsShownAsRunningAndWritesNothing() {
        TaskRecord running = addRunning("1");

        completions.seen(running, seen("video_1", TaskStatus.COMPLETED), CompletionSource.STATUS_CALL);

        assertThat(record("1")).isEqualTo(running);
        assertThat(shown).extracting(VideoTask::status).containsExactly(TaskStatus.IN_PROGRESS);
    }

    @Test
    void anAddressThatComesAfterTheEndIsWrittenAndTheTaskIsDue() {
        TaskRecord missing = endWithoutAnAddress();
        AtomicInteger notifications = countNotifications();

        completions.seen(missing, seen("video_1", TaskStatus.FAILED), CompletionSource.STATUS_CALL);
        assertThat(record("1")).isEqualTo(missing);
        completions.seen(missing, completed("video_1"), CompletionSource.STATUS_CALL);

        assertThat(TaskJson.read(record("1").result()).videoUrl()).isEqualTo(VIDEO);
        assertThat(record("1").due().nextDelivery()).isNotNull();
        assertThat(notifications).hasValue(1);
    }

    @Test
    void aStatusCallShowsATaskByTheNamesOfTheLedger() {
        TaskRecord running = addRunning("1");

        VideoTask shownTask = completions.statusSeen(running, seen("tsk_1", TaskStatus.COMPLETED));

        assertThat(shownTask.id()).isEqualTo("video_1");
        assertThat(shownTask.key()).isEqualTo("1");
        assertThat(shownTask.status()).isEqualTo(TaskStatus.IN_PROGRESS);
    }

    @Test
    void aStatusCallShowsATaskThatHasEndedForLackOfAnAddressAsFailed() {
        TaskRecord missing = endWithoutAnAddress();

        assertThat(completions
                        .statusSeen(missing, seen("video_1", TaskStatus.COMPLETED))
                        .status())
                .isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void aStatusCallIsAnsweredAlsoWhileTheLedgerIsAway() {
        TaskRecord running = addRunning("1");
        ledger.fail();

        try (WarningCapture warnings = WarningCapture.of(CompletionHandler.class)) {
            VideoTask shownTask = completions.statusSeen(running, completed("video_1"));

            assertThat(shownTask.videoUrl()).isEqualTo(VIDEO);
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("video_1", "key 1", "could not be written", "next poll");
        }
    }

    @Test
    void aRecordThatHasEndedIsReleasedWhenNoExchangeHereClaimsIt() {
        TaskEntry task = entries.with(ref("1"), service, created -> created);
        TaskRecord ended = add(LedgerRecords.running(ACCOUNT, "1", "video_1")
                .ended(TaskJson.write(completed("video_1")), LedgerRecords.NOON));
        AtomicInteger notifications = countNotifications();

        List<WaitHandle> waits;
        synchronized (task) {
            waits = completions.completedBefore(task, ended);
        }

        assertThat(waits).isEmpty();
        assertThat(record("1").owner()).isNull();
        assertThat(notifications).hasValue(1);
        assertThat(entries.count()).isZero();
    }

    @Test
    void aRecordThatHasEndedStaysWithTheExchangeThatClaimsIt() {
        await("1");
        TaskRecord ended = add(LedgerRecords.running(ACCOUNT, "1", "video_1")
                .ended(TaskJson.write(completed("video_1")), LedgerRecords.NOON));
        TaskEntry task = entry("1");

        List<WaitHandle> waits;
        synchronized (task) {
            waits = completions.completedBefore(task, ended);
        }

        assertThat(waits).hasSize(1);
        assertThat(record("1")).isEqualTo(ended);
        assertThat(task.result().videoUrl()).isEqualTo(VIDEO);
    }

    @Test
    void aTaskThatTheServiceDeniesFailsItsWaitsAndIsFollowed() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));

        completions.denied(entry("1"), SubmitExceptions.suspended(ref("1")));

        assertThat(waiting.failure().getTaskId()).isEqualTo("video_1");
        assertThat(polls.stops).isZero();
    }

    @Test
    void aTaskWhoseRecordHasVanishedIsFollowedNoMore() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));

        try (WarningCapture warnings = WarningCapture.of(CompletionHandler.class)) {
            completions.recordVanished(entry("1"));

            assertThat(warnings.lines()).singleElement().asString().contains("video_1", "no longer in the ledger");
        }
        assertThat(waiting.failure()).hasMessageContaining("forgotten by an operator");
        assertThat(polls.stops).isEqualTo(1);
        assertThat(entries.count()).isZero();
    }

    @Test
    void aTaskWhoseTrackingTimeIsOverLeavesMemory() {
        RecordedPolls polls = follow(addRunning("1"));
        TaskEntry task = entry("1");

        completions.trackingTimedOut(task);
        TaskRecord aside = record("1");
        completions.trackingTimedOut(task);

        assertThat(aside.state()).isEqualTo(TaskState.SET_ASIDE);
        assertThat(record("1")).isEqualTo(aside);
        assertThat(polls.stops).isEqualTo(1);
        assertThat(entries.count()).isZero();
    }

    private TaskRecord endWithoutAnAddress() {
        addRunning("1");
        VideoTask missing = TaskReader.resultMissing(seen("video_1", TaskStatus.COMPLETED));
        return writer.apply(ref("1"), new TaskEvent.TaskCompleted("video_1", missing, TaskEvent.ClaimHere.NONE))
                .required();
    }

    private void breakTheLease() {
        time.advance(LEASE.plusMillis(1));
        lease.renew();
    }
}
