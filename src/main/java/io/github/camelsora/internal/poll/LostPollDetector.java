package io.github.camelsora.internal.poll;

import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.track.TaskEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds followed tasks that have no poll any more, because it got lost on its way (say its thread died), and schedules another
 * one. A poll that waits for its permit is not lost, however long that takes: with many tasks and a low rate it takes hours.
 */
public final class LostPollDetector {
    private static final Logger LOG = LoggerFactory.getLogger(LostPollDetector.class);

    /** Longer than a poll takes that is due, or that has its permit. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final PollScheduler polls;
    private final RateLimitedClient queries;

    public LostPollDetector(PollScheduler polls, RateLimitedClient queries) {
        this.polls = polls;
        this.queries = queries;
    }

    public void rescheduleLost(Instant now) {
        Instant latest = now.minus(PATIENCE);
        Set<RateLimiter> waitedAt = new HashSet<>();
        for (PollState poll : polls.active()) {
            // Without the monitor, which may be held while the ledger is slow.
            if (poll.isLate(latest) && poll.isAwaitingPermit()) {
                poll.setPermitAwaitedAt(now);
                waitedAt.add(queries.queryLimiter(poll.service()));
            } else if (isLost(poll, latest)) {
                rescheduleLost(poll, latest);
            }
        }
        waitedAt.forEach(RateLimiter::dispatch);
    }

    private void rescheduleLost(PollState poll, Instant latest) {
        TaskEntry task = poll.task();
        synchronized (task) {
            if (isLost(poll, latest) && !poll.isAwaitingPermit()) {
                LOG.warn(
                        "Task {} (key {}) had no poll scheduled any more, and is polled again",
                        task.taskId(),
                        task.key().key());
                polls.scheduleNow(poll);
            }
        }
    }

    private static boolean isLost(PollState poll, Instant latest) {
        return poll.isLate(latest) && poll.permitAwaitedAt().isBefore(latest);
    }
}
