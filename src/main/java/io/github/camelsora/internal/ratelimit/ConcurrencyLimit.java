package io.github.camelsora.internal.ratelimit;

/**
 * How many calls may be under way at once: as many as the rate keeps busy at the round trip that calls take (Little's law),
 * and one more. Not thread-safe: its gate guards it.
 */
final class ConcurrencyLimit {
    private static final int LEAST = 2;
    static final int MOST = 64;
    // Where there is no rate there is no law either.
    static final int WITHOUT_LIMITS = 6;
    private static final double SUPPOSED_SECONDS = 0.05;
    private static final double NANOS_IN_A_SECOND = 1e9;
    private static final double WEIGHT_OF_THE_LAST = 1.0 / 16;

    private double seconds = SUPPOSED_SECONDS;

    /** A call has taken so long, its records in the ledger included. */
    void took(long nanos) {
        seconds += (nanos / NANOS_IN_A_SECOND - seconds) * WEIGHT_OF_THE_LAST;
    }

    int count(RateLimit rate) {
        if (!rate.isLimited()) {
            return WITHOUT_LIMITS;
        }
        double busy = Math.ceil(rate.perSecond() * seconds);
        return (int) Math.max(LEAST, Math.min(MOST, busy + 1));
    }
}
