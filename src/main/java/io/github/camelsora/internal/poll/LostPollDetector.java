package io.github.camelsora.internal.poll;

import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.TaskEntry;
import io.github.camelsora.internal.track.TrackedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds running tasks that are no longer asked for, because their question got lost on its way (say a thread died with it),
 * and plans another one. A question that waits for its turn is not lost, however long that takes: with many tasks and a low rate
 * it takes hours.
 */
public final class LostPollDetector {
    private static final Logger LOG = LoggerFactory.getLogger(LostPollDetector.class);

    /** Longer than a question is under way that is due, or whose turn has come. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TrackedTasks tasks;
    private final PollScheduler polls;
    private final RateLimitedClient queries;

    public LostPollDetector(TrackedTasks tasks, PollScheduler polls, RateLimitedClient queries) {
        this.tasks = tasks;
        this.polls = polls;
        this.queries = queries;
    }

    public void rescheduleLost(Instant now) {
        Instant latest = now.minus(PATIENCE);
        Set<RateLimiter> waitedAt = new HashSet<>();
        for (TaskEntry task : tasks.all()) {
            // Without the monitor, which may be held while the ledger is slow.
            if (isLate(task, latest) && task.permit.isQueued()) {
                task.waitedUntil = now;
                waitedAt.add(queries.queryLimiter(task.service));
            } else if (isLost(task, latest)) {
                rescheduleLost(task, now, latest);
            }
        }
        waitedAt.forEach(RateLimiter::dispatch);
    }

    private void rescheduleLost(TaskEntry task, Instant now, Instant latest) {
        synchronized (task) {
            if (isLost(task, latest) && !task.permit.isQueued()) {
                LOG.warn(
                        "Task {} (key {}) was no longer asked for, and is asked for again",
                        task.taskId,
                        task.key.key());
                polls.schedule(task, now);
            }
        }
    }

    private static boolean isLost(TaskEntry task, Instant latest) {
        return isLate(task, latest) && task.waitedUntil.isBefore(latest);
    }

    private static boolean isLate(TaskEntry task, Instant latest) {
        TimerQueue.Timer timer = task.nextPoll;
        return task.isPolled && (timer == null || timer.isBefore(latest));
    }
}
