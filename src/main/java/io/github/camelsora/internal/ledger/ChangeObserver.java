package io.github.camelsora.internal.ledger;

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
}
