package io.github.camelsora.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a ledger answers about its records when an operator asks, or a gauge. It only reads. Nothing that pays or delivers needs
 * it, so a ledger may be without ({@link TaskLedger#search}).
 *
 * <p>Implementations are thread-safe. Methods may block, and throw a runtime exception when the ledger cannot be read.
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
     * Counts records by account and state, and adds up their prices. It reads each record that the filter selects: a caller that
     * counts often selects states that few records are in, so not {@link TaskState#DELIVERED}.
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
     * @return when the task ended whose result waits longest; empty when none waits
     */
    Optional<Instant> oldestUndelivered(String account);
}
