package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open and ended records of a ledger in memory by their owners, so that a search for the records of a node skips all that
 * are kept for their keys alone. Not thread-safe: its ledger guards it.
 */
final class OwnerIndex {
    private final Map<Owner, Map<TaskKey, TaskRecord>> byOwner = new HashMap<>();

    /** A node within an account; null for records without an owner. */
    private record Owner(String account, String node) {
        static Owner of(TaskRecord record) {
            return new Owner(record.account(), record.owner());
        }
    }

    void add(TaskRecord record) {
        if (isOpenOrEnded(record)) {
            byOwner.computeIfAbsent(Owner.of(record), owner -> new HashMap<>()).put(TaskKey.of(record), record);
        }
    }

    void remove(TaskRecord record) {
        if (isOpenOrEnded(record)) {
            byOwner.computeIfPresent(Owner.of(record), (owner, records) -> {
                records.remove(TaskKey.of(record));
                return records.isEmpty() ? null : records;
            });
        }
    }

    private static boolean isOpenOrEnded(TaskRecord record) {
        return record.state().isOpen() || record.state() == TaskState.ENDED;
    }

    /** The records of a node; for null, those without an owner. */
    Stream<TaskRecord> of(String account, String node) {
        return byOwner.getOrDefault(new Owner(account, node), Map.of()).values().stream();
    }

    /** The records of all nodes that match. */
    Stream<TaskRecord> ofNodes(String account, Predicate<String> nodes) {
        return byOwner.entrySet().stream()
                .filter(entry -> entry.getKey().account().equals(account))
                .filter(entry -> entry.getKey().node() != null
                        && nodes.test(entry.getKey().node()))
                .flatMap(entry -> entry.getValue().values().stream());
    }
}
