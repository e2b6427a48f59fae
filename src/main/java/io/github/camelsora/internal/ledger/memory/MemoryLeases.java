package io.github.camelsora.internal.ledger.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Until when nodes live, in the memory of one JVM. Not thread-safe: its ledger guards it. */
final class MemoryLeases {
    private final Map<String, Instant> ends = new HashMap<>();

    /** Begins or renews a lease, and tells whether it still lasted. */
    boolean renew(String node, Instant now, Duration lease) {
        boolean isLasting = isLive(node, now);
        if (!isLasting) {
            // Who comes new clears away those who have gone, so that they do not pile up.
            ends.values().removeIf(end -> !end.isAfter(now));
        }
        ends.put(node, now.plus(lease));
        return isLasting;
    }

    void leave(String node) {
        ends.remove(node);
    }

    boolean isLive(String node, Instant now) {
        Instant end = ends.get(node);
        return end != null && end.isAfter(now);
    }
}
