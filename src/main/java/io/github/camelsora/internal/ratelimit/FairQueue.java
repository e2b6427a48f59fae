package io.github.camelsora.internal.ratelimit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whose turn it is. Lanes in which somebody waits take turns, so that ten thousand in one lane cost those in another one turn
 * each; within a lane the least order comes first. Not thread-safe: its gate guards it.
 */
final class FairQueue {
    private final Map<String, TreeSet<PermitRequest>> lanes = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    void add(PermitRequest ticket) {
        if (lanes.computeIfAbsent(ticket.lane(), lane -> new TreeSet<>()).add(ticket)) {
            size++;
        }
    }

    boolean contains(PermitRequest ticket) {
        TreeSet<PermitRequest> lane = lanes.get(ticket.lane());
        return lane != null && lane.contains(ticket);
    }

    boolean remove(PermitRequest ticket) {
        TreeSet<PermitRequest> lane = lanes.get(ticket.lane());
        if (lane == null || !lane.remove(ticket)) {
            return false;
        }
        size--;
        if (lane.isEmpty()) {
            lanes.remove(ticket.lane());
        }
        return true;
    }

    /** Takes the next one away; null when nobody waits. */
    PermitRequest poll() {
        Iterator<Map.Entry<String, TreeSet<PermitRequest>>> first =
                lanes.entrySet().iterator();
        if (!first.hasNext()) {
            return null;
        }
        Map.Entry<String, TreeSet<PermitRequest>> lane = first.next();
        String name = lane.getKey();
        TreeSet<PermitRequest> waiting = lane.getValue();
        PermitRequest next = waiting.pollFirst();
        size--;
        first.remove();
        if (!waiting.isEmpty()) {
            // To the end: the others come before it has another turn.
            lanes.put(name, waiting);
        }
        return next;
    }

    /** Takes all of a lane away. */
    List<PermitRequest> clear(String lane) {
        TreeSet<PermitRequest> waiting = lanes.remove(lane);
        if (waiting == null) {
            return List.of();
        }
        size -= waiting.size();
        return new ArrayList<>(waiting);
    }
}
