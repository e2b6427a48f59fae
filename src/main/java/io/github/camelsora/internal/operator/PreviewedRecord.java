package io.github.camelsora.internal.operator;

import io.github.camelsora.api.TaskRecord;
import java.time.Instant;
import java.util.Objects;

/**
 * Which record was previewed, and how it was then: kept in place of the record, which may be large, and has a prompt.
 *
 * @param account the account
 * @param key the key
 * @param createdAt when its intent was written: a record of the same key that was written after a forget has another
 * @param version its version
 */
public record PreviewedRecord(String account, String key, Instant createdAt, long version) {
    public static PreviewedRecord of(TaskRecord record) {
        return new PreviewedRecord(
                record.account(), record.key(), record.times().createdAt(), record.version());
    }

    /** Tells whether the record of the key is still as it was. */
    public boolean isStill(TaskRecord record) {
        return version == record.version()
                && Objects.equals(createdAt, record.times().createdAt());
    }
}
