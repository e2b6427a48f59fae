package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskTakenException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of a ledger in memory and their indexes, which change together. Not thread-safe: its ledger guards it. */
final class IndexedRecords {
    private final Map<TaskKey, TaskRecord> records = new HashMap<>();
    private final Map<TaskKey, TaskKey> keyByTaskId = new HashMap<>();
    private final Map<TaskKey, TaskKey> keyByWireKey = new HashMap<>();
    private final DueIndex due = new DueIndex();
    private final OwnerIndex owned = new OwnerIndex();
    private final ClosedIndex closed = new ClosedIndex();

    /** The record of a key; null when there is none. */
    TaskRecord get(TaskKey key) {
        return records.get(key);
    }

    /** A copy of all. */
    List<TaskRecord> all() {
        return List.copyOf(records.values());
    }

    Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return Optional.ofNullable(keyByTaskId.get(new TaskKey(account, taskId)))
                .map(records::get);
    }

    Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return Optional.ofNullable(keyByWireKey.get(new TaskKey(account, wireKey)))
                .map(records::get);
    }

    /** Without an index: only an operator asks, and each record would pay for one. */
    Stream<TaskRecord> findBySource(String account, String sourceId) {
        return records.values().stream()
                .filter(record -> sourceId.equals(record.origin().sourceId())
                        && record.account().equals(account));
    }

    /** Fails if another record that has a request is of the same task. Without an index, as above. */
    void checkOnlyOfTask(TaskRecord record) {
        records.values().stream()
                .filter(other -> record.taskId().equals(other.taskId()) && other.request() != null)
                .filter(other ->
                        other.account().equals(record.account()) && !other.key().equals(record.key()))
                .findFirst()
                .ifPresent(other -> {
                    throw new TaskTakenException(record.taskId(), other.key());
                });
    }

    int openCount() {
        return records.size() - closed.size();
    }

    DueIndex due() {
        return due;
    }

    OwnerIndex owned() {
        return owned;
    }

    ClosedIndex closed() {
        return closed;
    }

    /** Adds a record, or replaces the one of its key. */
    void put(TaskKey key, TaskRecord record) {
        TaskRecord earlier = records.put(key, record);
        if (earlier != null) {
            due.remove(earlier);
            removeByWireKey(earlier, key);
            owned.remove(earlier);
            closed.remove(earlier, record);
        }
        due.add(record);
        owned.add(record);
        closed.add(record);
        if (record.taskId() != null) {
            keyByTaskId.put(new TaskKey(record.account(), record.taskId()), key);
        }
        if (record.wireKey() != null) {
            keyByWireKey.put(new TaskKey(record.account(), record.wireKey()), key);
        }
    }

    void remove(TaskKey key) {
        TaskRecord record = records.remove(key);
        due.remove(record);
        removeByWireKey(record, key);
        owned.remove(record);
        closed.remove(record, null);
        if (record.taskId() != null) {
            // Only its own entry: the task may also have a record under a second key, by sora:await.
            keyByTaskId.remove(new TaskKey(record.account(), record.taskId()), key);
        }
    }

    private void removeByWireKey(TaskRecord record, TaskKey key) {
        if (record.wireKey() != null) {
            keyByWireKey.remove(new TaskKey(record.account(), record.wireKey()), key);
        }
    }
}
