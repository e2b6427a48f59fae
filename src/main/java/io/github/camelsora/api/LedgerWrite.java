package io.github.camelsora.api;

import java.util.Objects;

/**
 * What a ledger writes in one commit: all of it, or nothing.
 *
 * @param record the record
 * @param booking the change of the book; null for none. A ledger without {@link TaskLedger#book()} is given none
 * @param entry the line of the history; null for none. A ledger without {@link TaskLedger#history()} is given none
 * @param isOnlyOfTask whether the record must be the only one of its task: nothing is written if another record of the account, with a
 *     {@link TaskRecord#request}, has its task id. Of two such writes at once for one task, one fails
 */
public record LedgerWrite(TaskRecord record, Booking booking, HistoryEntry entry, boolean isOnlyOfTask) {
    /**
     * Checks that there is a record.
     *
     * @param record the record
     * @param booking the change of the book; null for none
     * @param entry the line of the history; null for none
     * @param isOnlyOfTask whether the record must be the only one of its task
     */
    public LedgerWrite {
        Objects.requireNonNull(record, "record");
    }

    /**
     * A record whose task other records may have, too.
     *
     * @param record the record
     * @param booking the change of the book; null for none
     * @param entry the line of the history; null for none
     */
    public LedgerWrite(TaskRecord record, Booking booking, HistoryEntry entry) {
        this(record, booking, entry, false);
    }

    /**
     * A record only.
     *
     * @param record the record
     * @return the write, without a booking and a line of the history
     */
    public static LedgerWrite of(TaskRecord record) {
        return new LedgerWrite(record, null, null);
    }
}
