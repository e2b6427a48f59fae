package io.github.camelsora.internal.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A queue of lanes that take turns, so ten thousand requests in one lane delay a request in another by one call each turn;
 * within a lane the request with the least order comes first. Not thread-safe: its dispatcher guards it.
 *
 * <p>An {@link OutOfMemoryError} must not lose a request, because an exchange waits for it: each method allocates before it
 * changes anything, and {@link #poll} and {@link #putBack} need no memory for what they change.
 */
final class FairQueue {
    private final Map<Object, Lane> lanes = new HashMap<>();
    /** Head of the ring of lanes that have requests; holds none itself. */
    private final Lane head = new Lane(null);
    /** A request that was put back, and comes first; null for none. */
    private PermitRequest returned;

    private int size;

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

    int size() {
        return size;
    }

    void add(PermitRequest request) {
        Lane lane = lanes.computeIfAbsent(request.lane(), Lane::new);
        if (lane.requests.add(request)) {
            size++;
            if (lane.requests.size() == 1) {
                lane.moveBefore(head);
            }
        }
    }

    boolean contains(PermitRequest request) {
        Lane lane = lanes.get(request.lane());
        return request == returned || lane != null && lane.requests.contains(request);
    }

    boolean remove(PermitRequest request) {
        if (request == returned) {
            returned = null;
            size--;
            return true;
        }
        Lane lane = lanes.get(request.lane());
        if (lane == null || !lane.requests.remove(request)) {
            return false;
        }
        size--;
        removeIfEmpty(lane);
        return true;
    }

    /** Removes the next request; null when there is none. */
    PermitRequest poll() {
        if (returned != null) {
            PermitRequest first = returned;
            remove(first);
            return first;
        }
        Lane lane = head.next;
        PermitRequest first = lane.requests.pollFirst();
        if (first != null) {
            size--;
            // To the end: all other lanes come before it has another turn.
            lane.moveBefore(head);
            removeIfEmpty(lane);
        }
        return first;
    }

    /** Puts back the request that was polled last, to be polled next. */
    void putBack(PermitRequest request) {
        returned = request;
        size++;
    }

    private void removeIfEmpty(Lane lane) {
        if (lane.requests.isEmpty()) {
            lane.unlink();
            lanes.remove(lane.name);
        }
    }

    /** Removes all requests of a lane. */
    List<PermitRequest> removeAll(Object name) {
        List<PermitRequest> removed = new ArrayList<>();
        if (returned != null && returned.lane().equals(name)) {
            removed.add(returned);
        }
        Lane lane = lanes.get(name);
        if (lane != null) {
            removed.addAll(lane.requests);
        }
        removed.forEach(this::remove);
        return removed;
    }
}
