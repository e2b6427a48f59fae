package io.github.camelsora.internal.ratelimit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Requests in lanes that take turns, so ten thousand requests in one lane delay a request in another by one call each turn;
 * within a lane the request with the least order comes first. Not thread-safe.
 *
 * <p>Each method allocates before it changes anything, and {@link #poll} needs no memory for what it changes (see {@link
 * FairQueue}).
 */
final class LaneRing {
    private final Map<Object, Lane> lanes = new HashMap<>();
    /** Head of the ring of lanes that have requests; holds none itself. */
    private final Lane head = new Lane(null);

    /** The requests of one lane, linked to the lanes whose turn is before and after its own. */
    private static final class Lane {
        final Object name;
        final TreeSet<PermitRequest> requests = new TreeSet<>();
        private Lane previous = this;
        private Lane next = this;

        Lane(Object name) {
            this.name = name;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }

        void moveBefore(Lane other) {
            unlink();
            previous = other.previous;
            next = other;
            previous.next = this;
            next.previous = this;
        }
    }

    /**
     * Adds a request.
     *
     * @return false when it was added before
     */
    boolean add(PermitRequest request) {
        Lane lane = lanes.computeIfAbsent(request.lane(), Lane::new);
        if (!lane.requests.add(request)) {
            return false;
        }
        if (lane.requests.size() == 1) {
            lane.moveBefore(head);
        }
        return true;
    }

    boolean contains(PermitRequest request) {
        Lane lane = lanes.get(request.lane());
        return lane != null && lane.requests.contains(request);
    }

    boolean remove(PermitRequest request) {
        Lane lane = lanes.get(request.lane());
        if (lane == null || !lane.requests.remove(request)) {
            return false;
        }
        removeIfEmpty(lane);
        return true;
    }

    /** Removes the next request; null when there is none. */
    PermitRequest poll() {
        Lane lane = head.next;
        PermitRequest first = lane.requests.pollFirst();
        if (first != null) {
            // To the end: all other lanes come before it has another turn.
            lane.moveBefore(head);
            removeIfEmpty(lane);
        }
        return first;
    }

    private void removeIfEmpty(Lane lane) {
        if (lane.requests.isEmpty()) {
            lane.unlink();
            lanes.remove(lane.name);
        }
    }

    /** The requests of a lane, in their order. */
    List<PermitRequest> requestsOf(Object name) {
        Lane lane = lanes.get(name);
        return lane == null ? List.of() : List.copyOf(lane.requests);
    }
}
