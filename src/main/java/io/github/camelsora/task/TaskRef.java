package io.github.camelsora.task;

import io.github.camelsora.api.TaskRecord;

/**
 * What identifies a record: who pays, and the key.
 *
 * @param account the payer, by name
 * @param key our key of the task
 */
public record TaskRef(String account, String key) {

    /**
     * The reference to a record.
     *
     * @param record the record
     * @return its account and key
     */
    public static TaskRef of(TaskRecord record) {
        return new TaskRef(record.account(), record.key());
    }
}
