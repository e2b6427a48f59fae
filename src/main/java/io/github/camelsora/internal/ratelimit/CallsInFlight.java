package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that have a permit and have not ended. A slow call does not count against the concurrency limit, so a few answers
 * that do not come cannot block all calls of an account. Not thread-safe: its dispatcher guards it.
 */
final class CallsInFlight {
    /** Longer than answers take, and shorter than any timeout. */
    static final Duration SLOW = Duration.ofSeconds(2);

    private final ConcurrencyLimit limit = new ConcurrencyLimit();
    private final Map<PermitRequest, Instant> startTimes = new LinkedHashMap<>();
    private int count;
    private int lastLimit = ConcurrencyLimit.WITHOUT_LIMITS;

    /** A call has got its permit; it may still wait for a thread. */
    void add() {
        count++;
    }

    /** A call that has got its permit will not start. */
    void withdraw() {
        count--;
    }

    void started(PermitRequest call, Instant now) {
        startTimes.put(call, now);
    }

    /**
     * A call has ended.
     *
     * @param nanos how long it took
     */
    void ended(PermitRequest call, long nanos) {
        count--;
        startTimes.remove(call);
        limit.record(nanos);
    }

    int count() {
        return count;
    }

    /** How many calls may be in flight at once. */
    int limit(RateLimit rate, Instant now) {
        return Math.min(ConcurrencyLimit.MOST, limit.at(rate) + slowCalls(now));
    }

    /** Tells whether the limit has changed since the last call of this method. */
    boolean hasLimitChanged(RateLimit rate, Instant now) {
        int before = lastLimit;
        lastLimit = limit(rate, now);
        return lastLimit != before;
    }

    /** How many more calls may start now. */
    int free(RateLimit rate, Instant now) {
        return Math.max(0, limit(rate, now) - count);
    }

    private int slowCalls(Instant now) {
        int slow = 0;
        Iterator<Instant> oldestFirst = startTimes.values().iterator();
        while (oldestFirst.hasNext() && isSlow(oldestFirst.next(), now)) {
            slow++;
        }
        return slow;
    }

    /** When the next call becomes slow, so that another one may start in its place. */
    Optional<Instant> nextSlow(Instant now) {
        return startTimes.values().stream()
                .filter(start -> !isSlow(start, now))
                .findFirst()
                .map(start -> start.plus(SLOW));
    }

    private static boolean isSlow(Instant start, Instant now) {
        return !now.isBefore(start.plus(SLOW));
    }
}
