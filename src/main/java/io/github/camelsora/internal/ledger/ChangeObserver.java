package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;

/** Is notified of the changes that this JVM writes into the ledger: of changes of a state, and of actions of operators. */
@FunctionalInterface
public interface ChangeObserver {
    /**
     * A change was written. Called by the thread that has written it, which others may wait for.
     *
     * @param entry what has happened
     * @param change the record before and after
     */
    void changed(HistoryEntry entry, Change change);

    /**
     * A change was written that holds or releases credits, whether the ledger keeps a book of them or not. Does nothing by
     * default.
     *
     * @param booking what it holds or releases
     */
    default void booked(Booking booking) {}

    /** This observer and then another one. */
    default ChangeObserver and(ChangeObserver next) {
        ChangeObserver first = this;
        return new ChangeObserver() {
            @Override
            public void changed(HistoryEntry entry, Change change) {
                first.changed(entry, change);
                next.changed(entry, change);
            }

            @Override
            public void booked(Booking booking) {
                first.booked(booking);
                next.booked(booking);
            }
        };
    }
}
