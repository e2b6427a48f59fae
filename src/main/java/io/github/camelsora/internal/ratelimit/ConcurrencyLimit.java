package io.github.camelsora.internal.ratelimit;

/**
 * How many calls may be in flight at once, by Little's law: the rate times the mean duration of a call, and one more. More
 * would only wait for tokens while they hold a thread. Not thread-safe: its dispatcher guards it.
 */
final class ConcurrencyLimit {
    private static final int LEAST = 2;
    static final int MOST = 64;
    /** For an account without a rate, which Little's law cannot say anything about. */
    static final int WITHOUT_LIMITS = 6;

    private static final double ASSUMED_SECONDS = 0.05;
    private static final double NANOS_IN_A_SECOND = 1e9;
    private static final double WEIGHT_OF_THE_LAST = 1.0 / 16;

    private double meanSeconds = ASSUMED_SECONDS;

    /** Records how long a call took, its writes to the ledger included. */
    void record(long nanos) {
        meanSeconds += (nanos / NANOS_IN_A_SECOND - meanSeconds) * WEIGHT_OF_THE_LAST;
    }

    /** The limit at a rate. */
    int at(RateLimit rate) {
        if (!rate.isLimited()) {
            return WITHOUT_LIMITS;
        }
        double inFlight = Math.ceil(rate.perSecond() * meanSeconds);
        return (int) Math.max(LEAST, Math.min(MOST, inFlight + 1));
    }
}
