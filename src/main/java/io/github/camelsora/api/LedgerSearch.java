package io.github.camelsora.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds and counts the records of a ledger, for operators and gauges. It only reads. No submit and no delivery needs it, so a
 * ledger may be without ({@link TaskLedger#search}).
 *
 * <p>Implementations are thread-safe. Methods may block, and throw a runtime exception when the ledger cannot be read: an {@link
 * IllegalArgumentException} if it was asked for more than it can read in time, which does not count as an outage.
 */
public interface LedgerSearch {

    /**
     * Finds records, a page at a time. Pages neither overlap nor leave a record out, as long as no record is added, removed, or
     * changed in what the page sorts by.
     *
     * @param filter which records
     * @param page how many of them, from which on, in which order
     * @return the current records, in the order of the page; empty behind the last one
     */
    List<TaskRecord> find(TaskFilter filter, TaskPage page);

    /**
     * Counts records by account and state, and adds up their prices. It reads each record that the filter selects, so a gauge
     * should select states that few records have, not {@link TaskState#DELIVERED}.
     *
     * @param filter which records
     * @return the counts, by account, then by state in the order of {@link TaskState}; those of zero are left out
     */
    List<TaskCount> count(TaskFilter filter);

    /**
     * Tells since when a result waits for its delivery to a route. A result that a delivery or a waiting exchange has at the moment
     * does not wait, nor one that was set aside.
     *
     * @param account the account; null for all accounts
     * @return the end of the task whose result waits longest; empty when none waits
     */
    Optional<Instant> oldestUndelivered(String account);
}
