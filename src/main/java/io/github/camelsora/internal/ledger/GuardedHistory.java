package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import java.util.List;

/**
 * The history in a ledger whose code is not ours, under the guard of {@link GuardedLedger}.
 *
 * @param history the ledger's own
 * @param guard what each call is made through
 */
record GuardedHistory(LedgerHistory history, LedgerGuard guard) implements LedgerHistory {
    @Override
    public List<HistoryEntry> find(String account, String key, int limit) {
        return guard.call("read the history of key " + key, () -> history.find(account, key, limit));
    }

    @Override
    public List<HistoryEntry> findActions(String account, int limit) {
        return guard.call("read the actions of operators", () -> history.findActions(account, limit));
    }

    @Override
    public void add(HistoryEntry entry) {
        guard.call("add to the history of account " + entry.account(), () -> {
            history.add(entry);
            return null;
        });
    }
}
