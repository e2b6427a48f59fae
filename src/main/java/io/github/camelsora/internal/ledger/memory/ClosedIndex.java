package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The closed records of a ledger in memory, in the order in which they were closed. Delivered and rejected ones (settled) are
 * kept for their keys alone; the tasks of the others were paid for and not delivered. Not thread-safe: its ledger guards it.
 */
final class ClosedIndex {
    private final Map<TaskKey, TaskRecord> settled = new LinkedHashMap<>();
    private final Map<TaskKey, TaskRecord> undelivered = new LinkedHashMap<>();

    void add(TaskRecord record) {
        if (!record.state().isOpen()) {
            queueOf(record).put(TaskKey.of(record), record);
        }
    }

    /** Removes a record, unless its successor keeps its place; null for no successor. */
    void remove(TaskRecord record, TaskRecord successor) {
        boolean keepsPlace = successor != null && !successor.state().isOpen() && queueOf(record) == queueOf(successor);
        if (!keepsPlace) {
            queueOf(record).remove(TaskKey.of(record));
        }
    }

    private Map<TaskKey, TaskRecord> queueOf(TaskRecord record) {
        return switch (record.state()) {
            case DELIVERED, REJECTED -> settled;
            case ENDED, SET_ASIDE, INTENT, UNKNOWN, RUNNING -> undelivered;
        };
    }

    int size() {
        return settled.size() + undelivered.size();
    }

    /** How many closed records are of tasks that were not delivered. */
    int undelivered() {
        return undelivered.size();
    }

    /** The keys of records that were delivered, or rejected and created, before a time, the oldest first. */
    List<TaskKey> settledBefore(Instant time, int limit) {
        return settled.values().stream()
                .filter(record -> isClosedBefore(record, time))
                .limit(limit)
                .map(TaskKey::of)
                .toList();
    }

    private static boolean isClosedBefore(TaskRecord record, Instant before) {
        Instant closedAt =
                switch (record.state()) {
                    case DELIVERED -> record.times().deliveredAt();
                    case REJECTED -> record.times().createdAt();
                    default -> null;
                };
        return closedAt != null && closedAt.isBefore(before);
    }

    /** The record to evict first: the oldest one that is settled; without any, the oldest undelivered one. */
    Optional<TaskRecord> first() {
        Map<TaskKey, TaskRecord> queue = settled.isEmpty() ? undelivered : settled;
        return queue.values().stream().findFirst();
    }

    /** Whether the task of a record has ended, or was set aside, and was not delivered. */
    static boolean isUndelivered(TaskRecord record) {
        return record.state() == TaskState.ENDED || record.state() == TaskState.SET_ASIDE;
    }
}
