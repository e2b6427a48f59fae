package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Shares the rate of queries among the polls of all running tasks. When the schedules together want more polls than the rate
 * allows, all pauses are stretched by the same factor, so a task whose schedule wants twice as many polls still gets twice as
 * many. Thread-safe.
 */
public final class PollRateBudget {
    /** The rest is left to other queries, such as those of sora:status. */
    private static final double POLLS_SHARE = 0.9;

    private static final double NANOS_IN_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private double reservedPerSecond;

    PollRateBudget() {}

    /** The share of one task's next poll. */
    public static final class Reservation {
        /** The share of a task that has no poll scheduled. */
        public static final Reservation NONE = new Reservation(null, 0, Duration.ZERO);

        private final PollRateBudget budget;
        private final double perSecond;
        private final Duration pause;
        private boolean isReleased;

        private Reservation(PollRateBudget budget, double perSecond, Duration pause) {
            this.budget = budget;
            this.perSecond = perSecond;
            this.pause = pause;
        }

        /**
         * How long to wait before the poll.
         *
         * @return the pause that the schedule wants, stretched while all tasks together want too many polls
         */
        public Duration pause() {
            return pause;
        }

        /** Returns the share to the budget: the poll is done, replaced by another one, or its task has ended. Idempotent. */
        public void release() {
            if (budget != null) {
                budget.release(this);
            }
        }
    }

    synchronized Reservation reserve(Duration wanted, RateLimit rate) {
        double nanos = Math.min((double) wanted.toSeconds() * NANOS_IN_A_SECOND + wanted.getNano(), Long.MAX_VALUE);
        if (nanos <= 0) {
            // A single poll now says nothing about how often the task will be polled.
            return new Reservation(this, 0, Duration.ZERO);
        }
        double share = NANOS_IN_A_SECOND / nanos;
        reservedPerSecond += share;
        double stretch = Math.max(1, reservedPerSecond / (rate.perSecond() * POLLS_SHARE));
        boolean isToStretch = stretch > 1 && nanos * stretch < Long.MAX_VALUE;
        return new Reservation(this, share, isToStretch ? Duration.ofNanos((long) (nanos * stretch)) : wanted);
    }

    private synchronized void release(Reservation reservation) {
        if (!reservation.isReleased) {
            reservation.isReleased = true;
            // Rounding errors add up: the sum of what is left may be slightly below 0.
            reservedPerSecond = Math.max(0, reservedPerSecond - reservation.perSecond);
        }
    }
}
