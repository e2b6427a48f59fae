package io.github.camelsora.internal.ratelimit;

import io.github.camelsora.internal.time.Backoff;
import java.time.Duration;
import java.time.Instant;

/** The pause that the service has asked for, by 429 or Retry-After. Thread-safe. */
final class RetryAfterPause {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = new Backoff(SHORTEST, Duration.ofSeconds(32));

    /** A longer Retry-After is taken for a mistake of the service. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final Duration longest;
    private volatile Instant until = Instant.MIN;
    /** Rejections since a call was accepted; those of calls that were in flight together are one. */
    private int rejectionsInARow;

    private long count;

    RetryAfterPause(Duration longest) {
        this.longest = longest;
    }

    Instant until() {
        return until;
    }

    boolean isActive(Instant now) {
        return now.isBefore(until);
    }

    /** How often the pause was extended. */
    synchronized long count() {
        return count;
    }

    synchronized void onAccepted() {
        rejectionsInARow = 0;
    }

    /**
     * The service has rejected a call. Never shortens the pause.
     *
     * @param now the time
     * @param countBefore the count when the call began
     * @param retryAfter how long the service asks to wait; null when it does not say
     * @param atLeast the shortest pause
     * @return the end of the pause
     */
    synchronized Instant extend(Instant now, long countBefore, Duration retryAfter, Duration atLeast) {
        Instant end = now.plus(longer(atLeast, length(countBefore == count, retryAfter)));
        count++;
        if (end.isAfter(until)) {
            until = end;
        }
        return until;
    }

    private Duration length(boolean isNew, Duration retryAfter) {
        if (retryAfter != null && retryAfter.compareTo(LONGEST_RETRY_AFTER) <= 0) {
            // After "Retry-After: 0", too, the service gets a moment of rest.
            Duration asked = longer(SHORTEST, retryAfter);
            return asked.compareTo(longest) < 0 ? asked : longest;
        }
        if (isNew) {
            rejectionsInARow++;
        }
        return BACKOFF.after(rejectionsInARow);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
