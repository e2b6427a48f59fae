package io.github.camelsora.internal.ratelimit;

import io.github.camelsora.api.TaskOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A queue in which the highest priority comes first, and within a priority lanes take turns (see {@link LaneRing}). While
 * requests of a higher priority keep coming, those of a lower one wait. Not thread-safe: its dispatcher guards it.
 *
 * <p>An {@link OutOfMemoryError} must not lose a request, because an exchange waits for it: each method allocates before it
 * changes anything, and {@link #poll} and {@link #putBack} need no memory for what they change.
 */
final class FairQueue {
    /** By priority. */
    private final List<LaneRing> rings = IntStream.rangeClosed(0, TaskOrigin.HIGHEST_PRIORITY)
            .mapToObj(priority -> new LaneRing())
            .toList();
    /** A request that was put back, and comes first; null for none. */
    private PermitRequest returned;

    private int size;

    int size() {
        return size;
    }

    private LaneRing ringOf(PermitRequest request) {
        return rings.get(request.priority());
    }

    void add(PermitRequest request) {
        if (ringOf(request).add(request)) {
            size++;
        }
    }

    boolean contains(PermitRequest request) {
        return request == returned || ringOf(request).contains(request);
    }

    boolean remove(PermitRequest request) {
        if (request == returned) {
            returned = null;
        } else if (!ringOf(request).remove(request)) {
            return false;
        }
        size--;
        return true;
    }

    /** Removes the next request; null when there is none. */
    PermitRequest poll() {
        PermitRequest first = returned;
        returned = null;
        for (int priority = TaskOrigin.HIGHEST_PRIORITY; first == null && priority >= 0; priority--) {
            first = rings.get(priority).poll();
        }
        if (first != null) {
            size--;
        }
        return first;
    }

    /** Puts back the request that was polled last, to be polled next. */
    void putBack(PermitRequest request) {
        returned = request;
        size++;
    }

    /** Removes all requests of a lane. */
    List<PermitRequest> removeAll(Object lane) {
        List<PermitRequest> removed = new ArrayList<>();
        if (returned != null && returned.lane().equals(lane)) {
            removed.add(returned);
        }
        rings.forEach(ring -> removed.addAll(ring.requestsOf(lane)));
        removed.forEach(this::remove);
        return removed;
    }
}
