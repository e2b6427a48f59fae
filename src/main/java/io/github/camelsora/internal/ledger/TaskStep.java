package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;

/** What an event leads to. */
public sealed interface TaskStep {
    /** Nothing is written: the event has no effect in the record's state, or is about an earlier owner or task of its key. */
    TaskStep KEEP = new Keep();

    /** There is no record that the event could be about. */
    TaskStep NOT_FOUND = new NotFound();

    /** The record stays as it is. */
    record Keep() implements TaskStep {}

    /** There is no record, or that of another task. */
    record NotFound() implements TaskStep {}

    /**
     * The record is written: added where there is none, else in place of the version that was read.
     *
     * @param next the record, with the version that was read
     * @param booking what changes in the book of the account, in the same commit; null for nothing
     */
    record Write(TaskRecord next, Booking booking) implements TaskStep {
        /** A change of the record only. */
        Write(TaskRecord next) {
            this(next, null);
        }
    }

    /**
     * The record is removed by {@link TaskLedger#forget}, with a note that it was.
     *
     * @param successor the record that stands in its place; null for none
     * @param isErasure whether the details of its history are removed as well, by {@link TaskLedger#erase}
     */
    record Supersede(TaskRecord successor, boolean isErasure) implements TaskStep {
        /** The history keeps its details. */
        Supersede(TaskRecord successor) {
            this(successor, false);
        }
    }
}
