package io.github.camelsora.task;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds running tasks that are no longer asked for, because their question got lost on its way (say a thread died with it),
 * and plans another one.
 */
final class LostPolls {
    private static final Logger LOG = LoggerFactory.getLogger(LostPolls.class);

    /** Longer than a question usually waits for its turn. One that is only late is asked once all the same. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TrackedTasks tasks;
    private final TaskPoller poller;

    LostPolls(TrackedTasks tasks, TaskPoller poller) {
        this.tasks = tasks;
        this.poller = poller;
    }

    void planAgain(Instant now) {
        Instant latest = now.minus(PATIENCE);
        for (TrackedTask task : tasks.all()) {
            // Without the monitor, which may be held while the ledger is slow.
            if (isLost(task, latest)) {
                planAgain(task, now, latest);
            }
        }
    }

    private void planAgain(TrackedTask task, Instant now, Instant latest) {
        synchronized (task) {
            if (isLost(task, latest)) {
                LOG.warn(
                        "Task {} (key {}) was no longer asked for, and is asked for again",
                        task.taskId,
                        task.ref.key());
                poller.plan(task, now);
            }
        }
    }

    private static boolean isLost(TrackedTask task, Instant latest) {
        Ticker.Due due = task.nextPoll;
        return task.isPolled && (due == null || due.isBefore(latest));
    }
}
