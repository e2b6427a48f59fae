package io.github.camelsora.internal.ledger;

/** Is notified of each call to the ledger. */
@FunctionalInterface
public interface LedgerCallObserver {
    /** Observes nothing. */
    LedgerCallObserver NONE = (nanos, isFailed) -> {};

    /**
     * The ledger has answered a call, or has failed. Called by the thread that has made the call; must not throw.
     *
     * @param nanos how long the call took, in nanoseconds
     * @param isFailed whether it failed; false also when the ledger has rejected what it was to write
     */
    void called(long nanos, boolean isFailed);
}
