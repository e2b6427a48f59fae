package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often all running tasks together are to be asked for, against what the bucket gives. When it is too often, all pauses
 * grow by the same factor: what a schedule finds worth asking for twice as often is still asked for twice as often.
 */
final class PollRateBudget {
    /** The rest is for those who ask out of turn, say sora:status. */
    private static final double POLLS_SHARE = 0.9;

    private static final double NANOS_IN_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private double perSecond;

    synchronized PollReservation reserve(Duration wanted, RateLimit rate) {
        double nanos = Math.min((double) wanted.toSeconds() * NANOS_IN_A_SECOND + wanted.getNano(), Long.MAX_VALUE);
        if (nanos <= 0) {
            // At once, and once: it says nothing about how often.
            return new PollReservation(this, 0, Duration.ZERO);
        }
        double share = NANOS_IN_A_SECOND / nanos;
        perSecond += share;
        double stretch = Math.max(1, perSecond / (rate.perSecond() * POLLS_SHARE));
        boolean isToStretch = stretch > 1 && nanos * stretch < Long.MAX_VALUE;
        return new PollReservation(this, share, isToStretch ? Duration.ofNanos((long) (nanos * stretch)) : wanted);
    }

    synchronized void release(double share) {
        // Sums of fractions do not always come back to nothing.
        perSecond = Math.max(0, perSecond - share);
    }
}
