package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of a ledger in memory and their indexes, which change together. Not thread-safe: its ledger guards it. */
final class IndexedRecords {
    private final Map<TaskKey, TaskRecord> records = new HashMap<>();
    private final Map<TaskKey, TaskKey> keyByTaskId = new HashMap<>();
    /** Of tasks that were submitted elsewhere and are awaited by their ids. */
    private final Map<TaskKey, TaskKey> importByTaskId = new HashMap<>();

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
        TaskKey id = new TaskKey(account, taskId);
        return Optional.ofNullable(keyByTaskId.getOrDefault(id, importByTaskId.get(id)))
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

    /** Fails if a record with a request is to have the task of another one. */
    void checkOnlyOfTask(TaskRecord record) {
        String taskId = TaskKey.ownTaskId(record);
        TaskKey other = taskId == null ? null : keyByTaskId.get(new TaskKey(record.account(), taskId));
        if (other != null && !other.key().equals(record.key())) {
            throw new TaskTakenException(record.taskId(), other.key());
        }
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
            removeByTaskId(earlier, key);
            removeByWireKey(earlier, key);
            owned.remove(earlier);
            closed.remove(earlier, record);
        }
        due.add(record);
        owned.add(record);
        closed.add(record);
        if (record.taskId() != null) {
            byTaskId(record).put(new TaskKey(record.account(), record.taskId()), key);
        }
        if (record.wireKey() != null) {
            keyByWireKey.put(new TaskKey(record.account(), record.wireKey()), key);
        }
    }

    void remove(TaskKey key) {
        TaskRecord record = records.remove(key);
        due.remove(record);
        removeByTaskId(record, key);
        removeByWireKey(record, key);
        owned.remove(record);
        closed.remove(record, null);
    }

    private Map<TaskKey, TaskKey> byTaskId(TaskRecord record) {
        return record.request() == null ? importByTaskId : keyByTaskId;
    }

    private void removeByTaskId(TaskRecord record, TaskKey key) {
        if (record.taskId() != null) {
            byTaskId(record).remove(new TaskKey(record.account(), record.taskId()), key);
        }
    }

    private void removeByWireKey(TaskRecord record, TaskKey key) {
        if (record.wireKey() != null) {
            keyByWireKey.remove(new TaskKey(record.account(), record.wireKey()), key);
        }
    }
}
