package io.github.camelsora.internal.ledger.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The leases of nodes that share a ledger in memory. Not thread-safe: its ledger guards it. */
final class MemoryLeases {
    private final Map<String, Instant> ends = new HashMap<>();

    /** Acquires or renews a lease; true when it was still valid. */
    boolean renew(String node, Duration lease, Instant now) {
        boolean wasLive = isLive(node, now);
        if (!wasLive) {
            // A node that starts removes the leases of dead ones, which would pile up otherwise.
            ends.values().removeIf(end -> !end.isAfter(now));
        }
        ends.put(node, now.plus(lease));
        return wasLive;
    }

    void release(String node) {
        ends.remove(node);
    }

    boolean isLive(String node, Instant now) {
        Instant end = ends.get(node);
        return end != null && end.isAfter(now);
    }
}
