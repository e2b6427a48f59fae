package io.github.camelsora.api;

import java.util.List;

/**
 * The history that a ledger keeps: how the states of tasks changed, and what operators did. Lines of a record are written with
 * {@link LedgerWrite#entry()}, in the commit of the change. They are removed with the record, except those of operators' actions,
 * which are kept for a year. Thread-safe.
 */
public interface LedgerHistory {

    /**
     * Finds the history of a key, also of earlier records of it.
     *
     * @param account the account
     * @param key the key
     * @param limit the most lines to return
     * @return the lines, the oldest first; when there are more, the latest of them
     */
    List<HistoryEntry> find(String account, String key, int limit);

    /**
     * Finds the actions of operators, and of nodes that have paused or resumed an account by themselves.
     *
     * @param account the account; null for all
     * @param limit the most lines to return
     * @return the lines, the latest first
     */
    List<HistoryEntry> findActions(String account, int limit);

    /**
     * Adds a line that no change of a record belongs to.
     *
     * @param entry an {@link HistoryEntry#isAction action}
     */
    void add(HistoryEntry entry);
}
