package io.github.camelsora.internal.ledger;

import java.util.function.Supplier;

/** Makes a call to a ledger whose code is not ours, and knows what it is to do; {@link GuardedLedger} says how. */
interface LedgerGuard {
    /**
     * Makes a call.
     *
     * @param what what it is to do, as the message of its failure says it
     */
    <T> T call(String what, Supplier<T> call);
}
