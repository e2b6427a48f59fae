package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notes of a ledger in memory on records that an operator had forgotten. Not thread-safe: its ledger guards it. */
final class ForgottenRecords {
    /** By account, key and incarnation; the oldest first. */
    private final Map<List<String>, Note> notes = new LinkedHashMap<>();

    private record Note(String taskId, Instant at) {}

    private static List<String> incarnation(TaskRecord record) {
        return List.of(record.account(), record.key(), TaskKey.incarnation(record));
    }

    /**
     * Adds a note.
     *
     * @param capacity how many are kept; the oldest goes when there is one more
     */
    void add(TaskRecord record, Instant now, int capacity) {
        notes.put(incarnation(record), new Note(TaskKey.ownTaskId(record), now));
        if (notes.size() > capacity) {
            notes.remove(notes.keySet().iterator().next());
        }
    }

    void remove(TaskRecord record) {
        notes.remove(incarnation(record));
    }

    boolean contains(TaskRecord record) {
        return notes.containsKey(incarnation(record));
    }

    /** There are few: each was made by an operator. */
    boolean containsTask(String account, String taskId) {
        return notes.entrySet().stream()
                .anyMatch(entry -> entry.getKey().get(0).equals(account)
                        && taskId.equals(entry.getValue().taskId()));
    }

    void removeBefore(Instant time) {
        notes.values().removeIf(note -> note.at().isBefore(time));
    }
}
