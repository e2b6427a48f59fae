package io.github.camelsora.api;

import java.util.List;

/** The pauses of accounts that a ledger keeps, so that each JVM which shares it obeys them. Thread-safe. */
public interface LedgerPauses {

    /**
     * Finds the pauses of all accounts. Each node calls this three times within its lease.
     *
     * @return the pauses, in any order
     */
    List<AccountPause> findAll();

    /**
     * Adds a pause, unless one stands {@link AccountPause#isInPlaceOf in its place}.
     *
     * @param pause the pause
     * @return true when it was added
     */
    boolean add(AccountPause pause);

    /**
     * Removes a pause. One that stands in its place since another time stays.
     *
     * @param pause the pause
     * @return true when it was removed
     */
    boolean remove(AccountPause pause);
}
