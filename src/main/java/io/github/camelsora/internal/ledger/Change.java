package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskRecord;
import java.util.Optional;

/**
 * What an event has changed in the ledger.
 *
 * @param key the key of the record
 * @param before the record as it was read; null when there was none, or that of another task than the event's
 * @param after the record as it stands now; as it was read, when the event was for that version only and came too late; null
 *     when there is none
 */
public record Change(TaskKey key, TaskRecord before, TaskRecord after) {

    /** Nothing, because there is no record. */
    public static Change none(TaskKey key) {
        return new Change(key, null, null);
    }

    static Change none(TaskRecord standing) {
        return new Change(TaskKey.of(standing), standing, standing);
    }

    /** Tells whether anything was written. */
    public boolean isChanged() {
        return before != after;
    }

    /** The record as it stands now, changed or not. */
    public Optional<TaskRecord> standing() {
        return Optional.ofNullable(after);
    }

    /** The record as it stands now, if the event has changed it. */
    public Optional<TaskRecord> written() {
        return isChanged() ? standing() : Optional.empty();
    }

    /**
     * The record as it stands now, changed or not.
     *
     * @throws RecordNotFoundException if there is none, or that of another task than the event's
     */
    public TaskRecord required() {
        return standing().orElseThrow(() -> new RecordNotFoundException(key));
    }
}
