package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that have passed a gate and are not over. A call that is slow takes no place from the others: otherwise a few
 * answers that do not come would hold up all calls of an account. Not thread-safe: its gate guards it.
 */
final class CallsInFlight {
    /** Longer than answers take, and shorter than anything waits. */
    static final Duration SLOW = Duration.ofSeconds(2);

    private final ConcurrencyLimit places = new ConcurrencyLimit();
    private final Map<PermitRequest, Instant> begun = new LinkedHashMap<>();
    private int count;

    /** A call has passed; it may wait for a thread yet. */
    void pass() {
        count++;
    }

    /** A call that has passed will not begin. */
    void takeBack() {
        count--;
    }

    void begin(PermitRequest call, Instant now) {
        begun.put(call, now);
    }

    /**
     * A call is over.
     *
     * @param nanos how long it took
     */
    void end(PermitRequest call, long nanos) {
        count--;
        begun.remove(call);
        places.took(nanos);
    }

    /** How many calls may be under way at once. */
    int places(RateLimit rate, Instant now) {
        return Math.min(ConcurrencyLimit.MOST, places.count(rate) + slow(now));
    }

    int free(RateLimit rate, Instant now) {
        return Math.max(0, places(rate, now) - count);
    }

    private int slow(Instant now) {
        int slow = 0;
        Iterator<Instant> oldest = begun.values().iterator();
        while (oldest.hasNext() && isSlow(oldest.next(), now)) {
            slow++;
        }
        return slow;
    }

    /** When the next call becomes slow, and a place is free by that. */
    Optional<Instant> nextSlow(Instant now) {
        return begun.values().stream()
                .filter(start -> !isSlow(start, now))
                .findFirst()
                .map(start -> start.plus(SLOW));
    }

    private static boolean isSlow(Instant start, Instant now) {
        return !now.isBefore(start.plus(SLOW));
    }
}
