package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * In what order tasks are asked for when they cannot all be asked for in time: each time the time that is left to a task is
 * halved counts as if it had waited ten seconds longer. The advantage is bounded, so nobody waits for ever.
 */
public final class PollPriority {
    private static final double LONGEST_SECONDS = Duration.ofDays(1).toSeconds();
    private static final long MILLIS_PER_HALVING = 10_000;

    private PollPriority() {}

    /**
     * The place of a task in the order.
     *
     * @param due when it was to be asked for
     * @param deadline until when an answer is of use
     * @return a number that is less for what is to be asked for earlier
     */
    public static long order(Instant due, Instant deadline) {
        double left = Math.max(1, Duration.between(due, deadline).toSeconds());
        double halvings = Math.max(0, Math.log(LONGEST_SECONDS / left) / Math.log(2));
        return due.toEpochMilli() - (long) (halvings * MILLIS_PER_HALVING);
    }
}
