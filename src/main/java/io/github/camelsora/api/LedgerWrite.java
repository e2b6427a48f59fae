package io.github.camelsora.api;

import java.util.Objects;

/**
 * What a ledger writes in one commit: all of it, or nothing.
 *
 * @param record the record
 * @param booking the change of the book; null for none. A ledger without {@link TaskLedger#book()} is given none
 * @param entry the line of the history; null for none. A ledger without {@link TaskLedger#history()} is given none
 */
public record LedgerWrite(TaskRecord record, Booking booking, HistoryEntry entry) {
    /**
     * Checks that there is a record.
     *
     * @param record the record
     * @param booking the change of the book; null for none
     * @param entry the line of the history; null for none
     */
    public LedgerWrite {
        Objects.requireNonNull(record, "record");
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
