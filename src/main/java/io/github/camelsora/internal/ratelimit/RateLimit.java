package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.Locale;

/**
 * How many calls may be sent: a rate in the long run, and a burst after a pause.
 *
 * @param perSecond calls a second in the long run; more than 0
 * @param burst calls at once; at least 1
 */
public record RateLimit(double perSecond, long burst) {
    /** No limit. */
    public static final RateLimit UNLIMITED = new RateLimit(Double.POSITIVE_INFINITY, Long.MAX_VALUE);

    private static final double NANOS_IN_A_SECOND = 1e9;
    private static final double HELD_BACK = 0.9;
    private static final double STRICT_BURST_IN_SECONDS = 0.4;
    private static final double JVMS_ALLOWED_FOR = 10;

    /**
     * Checks the values.
     *
     * @param perSecond calls a second in the long run; more than 0
     * @param burst calls at once; at least 1
     * @throws IllegalArgumentException if one of them is too small
     */
    public RateLimit {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "A rate is more than 0 a second, with a burst of at least 1, not " + perSecond + " and " + burst);
        }
    }

    boolean isLimited() {
        return perSecond < Double.POSITIVE_INFINITY;
    }

    /**
     * A limit that holds whatever the vendor means by a burst, the size of a bucket or the most of any ten seconds: nine tenths
     * of the rate and hardly a burst. The remaining tenth allows for requests that bunch up on their way.
     */
    RateLimit strict() {
        long strictBurst = Math.max(1, (long) (perSecond * STRICT_BURST_IN_SECONDS));
        return isLimited() ? new RateLimit(perSecond * HELD_BACK, Math.min(burst, strictBurst)) : this;
    }

    /** What each of several JVMs may send while none knows how much the others send. */
    RateLimit share() {
        return isLimited() ? new RateLimit(perSecond / JVMS_ALLOWED_FOR, 1) : this;
    }

    BucketConfiguration bucketConfiguration() {
        Duration perToken = Duration.ofNanos(Math.max(1, Math.round(NANOS_IN_A_SECOND / perSecond)));
        Bandwidth limit =
                Bandwidth.builder().capacity(burst).refillGreedy(1, perToken).build();
        return BucketConfiguration.builder().addLimit(limit).build();
    }

    /** For log messages, and as part of the name of a shared bucket. */
    @Override
    public String toString() {
        return isLimited()
                ? String.format(Locale.ROOT, "%.4g a second, %d at once", perSecond, burst)
                : "as many as come";
    }
}
