package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;

/** Until when a gate is closed, because the service has asked for that. Not thread-safe: its gate guards it. */
final class RetryAfterPause {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final int LARGEST_EXPONENT = 5;
    /** Who asks for more has not meant it. */
    private static final Duration LONGEST_MEANT = Duration.ofDays(1);

    private final Duration longestPause;
    private Instant until = Instant.MIN;
    /** Refusals since a call was taken; those of calls that were under way together are one. */
    private int inARow;

    private long heard;

    RetryAfterPause(Duration longestPause) {
        this.longestPause = longestPause;
    }

    Instant until() {
        return until;
    }

    boolean isAt(Instant now) {
        return now.isBefore(until);
    }

    long refusalsHeard() {
        return heard;
    }

    void accepted() {
        inARow = 0;
    }

    /**
     * The service has refused a call.
     *
     * @param now the time
     * @param heardBefore the refusals that were heard when the call began
     * @param retryAfter how long the service asks to wait; null when it does not
     * @param atLeast how long to wait in any case
     */
    void refused(Instant now, long heardBefore, Duration retryAfter, Duration atLeast) {
        Duration pause = longer(atLeast, pause(heardBefore == heard, retryAfter));
        heard++;
        Instant end = now.plus(pause);
        if (end.isAfter(until)) {
            until = end;
        }
    }

    private Duration pause(boolean isNew, Duration retryAfter) {
        boolean isMeant = retryAfter != null && retryAfter.compareTo(LONGEST_MEANT) <= 0;
        if (isMeant) {
            // "Retry-After: 0" is no leave to hammer.
            Duration asked = longer(FIRST_PAUSE, retryAfter);
            return asked.compareTo(longestPause) < 0 ? asked : longestPause;
        }
        if (isNew) {
            inARow++;
        }
        return FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(inARow, 1) - 1, LARGEST_EXPONENT));
    }

    static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
