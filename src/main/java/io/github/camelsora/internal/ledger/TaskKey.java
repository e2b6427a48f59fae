package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskRecord;

/**
 * What identifies a record: its account, and its key there.
 *
 * @param account the name of the account that pays
 * @param key what its submit is paid under
 */
public record TaskKey(String account, String key) {
    /** The most characters of a name of an account, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_ACCOUNT = 200;
    /** The most characters of a key, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_KEY = 500;

    /**
     * The key of a record.
     *
     * @param record the record
     * @return its account and key
     */
    public static TaskKey of(TaskRecord record) {
        return new TaskKey(record.account(), record.key());
    }

    /**
     * The id of the task that no other record of the account may have; null while the record has none, and for a task that was
     * submitted elsewhere, which may be that of a submit, too.
     */
    public static String ownTaskId(TaskRecord record) {
        return record.request() == null ? null : record.taskId();
    }

    /** What distinguishes a record from an earlier or later one of the same key. */
    public static String incarnation(TaskRecord record) {
        return record.wireKey() != null
                ? record.wireKey()
                : String.valueOf(record.times().createdAt());
    }
}
