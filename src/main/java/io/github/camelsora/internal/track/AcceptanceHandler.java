package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Instant;
import java.util.List;

/**
 * A task has an id, since its submit was accepted, or since its record was read from the ledger: its polls begin, the waiters
 * for acceptance are completed, and the timeouts of the others begin.
 */
public final class AcceptanceHandler {
    private final TaskEntries entries;
    private final LedgerWriter writer;
    private final CompletionHandler completions;
    private final WaitTimeouts timeouts;
    private final ShutdownHandler shutdown;

    /** Begins the polls of a task, and has its entry {@link TaskEntry#follow} them; the caller holds its monitor. */
    @FunctionalInterface
    public interface PollStarter {
        void start(TaskEntry task, TaskRecord running);
    }

    public AcceptanceHandler(
            TaskEntries entries,
            LedgerWriter writer,
            CompletionHandler completions,
            WaitTimeouts timeouts,
            ShutdownHandler shutdown) {
        this.entries = entries;
        this.writer = writer;
        this.completions = completions;
        this.timeouts = timeouts;
        this.shutdown = shutdown;
    }

    /** The service has accepted a submit, and its record says so. */
    public void accepted(TaskRecord record, VideoTask answer, ServiceProfile service, PollStarter polls) {
        VideoTask accepted = TaskReader.asRunning(answer);
        completions.notifyListener(accepted, () -> PolledTask.of(record));
        failConflictingWaits(record);
        TaskEntry followed = entries.with(TaskKey.of(record), service, task -> {
            // A lost submit that was found twice at once may have ended already.
            if (task.result() == null) {
                polls.start(task, record);
                timeouts.startAll(task);
            }
            return task;
        });
        if (accepted.status().isTerminal()) {
            // Before any waiter is completed: an exchange with the result must find it in the ledger.
            completions.completed(followed, accepted, CompletionSource.STATUS_CALL);
        }
        List<WaitHandle> reached;
        synchronized (followed) {
            reached = followed.removeWaits(wait -> wait.goal == Goal.ACCEPTED);
        }
        reached.forEach(wait -> wait.completeUnlessConflict(accepted, record));
        shutdown.endLateWaits(TaskKey.of(record));
    }

    /**
     * Follows a record of the ledger: its polls begin unless it has ended, in which case its waiters have the result. A record
     * that was set aside is tracked again.
     *
     * @param trackUntil until when it is then tracked
     */
    public void follow(TaskRecord read, ServiceProfile service, Instant trackUntil, PollStarter polls) {
        TaskKey key = TaskKey.of(read);
        TaskRecord open = read.state() == TaskState.SET_ASIDE
                ? writer.apply(key, new TaskEvent.TaskResumed(trackUntil)).required()
                : read;
        failConflictingWaits(open);
        List<Runnable> notifications = entries.with(key, service, task -> followOpen(task, open, polls));
        notifications.forEach(Runnable::run);
        shutdown.endLateWaits(key);
    }

    /** While a submit waits for its permit, another node may have submitted another request under its key. */
    private void failConflictingWaits(TaskRecord record) {
        entries.find(TaskKey.of(record)).ifPresent(task -> task.failConflictingWaits(record));
    }

    private List<Runnable> followOpen(TaskEntry task, TaskRecord open, PollStarter polls) {
        TaskRecord record = task.isEndAwaited()
                ? writer.apply(task.key(), new TaskEvent.WaiterRegistered())
                        .standing()
                        .orElse(open)
                : open;
        if (record.result() != null) {
            return completions(completions.completedBefore(task, record), task.result(), record);
        }
        // It may have ended since it was read, and its waiters have the result; polled again, its entry would stay for
        // ever.
        if (task.isFollowed() || task.result() != null) {
            return List.of();
        }
        polls.start(task, record);
        List<WaitHandle> accepted = task.removeWaits(wait -> wait.goal == Goal.ACCEPTED);
        timeouts.startAll(task);
        return completions(accepted, task.lastSeen(), record);
    }

    private static List<Runnable> completions(List<WaitHandle> waits, VideoTask task, TaskRecord record) {
        return waits.stream()
                .<Runnable>map(wait -> () -> wait.completeUnlessConflict(task, record))
                .toList();
    }
}
