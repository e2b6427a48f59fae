package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * The order of polls that cannot all be sent in time. Each halving of the time that is left until a task's deadline counts as
 * if its poll had waited ten seconds longer. The advantage is bounded, so every poll gets its turn.
 */
public final class PollPriority {
    private static final double LONGEST_SECONDS = Duration.ofDays(1).toSeconds();
    private static final long MILLIS_PER_HALVING = 10_000;

    private PollPriority() {}

    /**
     * The order of a poll.
     *
     * @param due when the poll was due
     * @param deadline until when an answer is of use
     * @return a number that is less for a poll that is to be sent earlier
     */
    public static long order(Instant due, Instant deadline) {
        double left = Math.max(1, Duration.between(due, deadline).toSeconds());
        double halvings = Math.max(0, Math.log(LONGEST_SECONDS / left) / Math.log(2));
        return due.toEpochMilli() - (long) (halvings * MILLIS_PER_HALVING);
    }
}
