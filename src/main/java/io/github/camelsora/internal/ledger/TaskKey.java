package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskRecord;

/**
 * What identifies a record: who pays, and the key.
 *
 * @param account the payer, by name
 * @param key our key of the task
 */
public record TaskKey(String account, String key) {
    /** The most characters of a name of an account, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_ACCOUNT = 200;
    /** The most characters of a key, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_KEY = 500;

    /**
     * The reference to a record.
     *
     * @param record the record
     * @return its account and key
     */
    public static TaskKey of(TaskRecord record) {
        return new TaskKey(record.account(), record.key());
    }

    /** What distinguishes a record from an earlier or later one of the same key. */
    public static String incarnation(TaskRecord record) {
        return record.wireKey() != null
                ? record.wireKey()
                : String.valueOf(record.times().createdAt());
    }
}
