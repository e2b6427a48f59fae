package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The search of a ledger whose code is not ours, under the guard of {@link GuardedLedger}.
 *
 * @param search the ledger's own
 * @param guard what each call is made through
 */
record GuardedSearch(LedgerSearch search, LedgerGuard guard) implements LedgerSearch {
    @Override
    public List<TaskRecord> find(TaskFilter filter, TaskPage page) {
        return guard.call("search records", () -> search.find(filter, page));
    }

    @Override
    public List<TaskCount> count(TaskFilter filter) {
        return guard.call("count records", () -> search.count(filter));
    }

    @Override
    public Optional<Instant> oldestUndelivered(String account) {
        return guard.call("find the oldest undelivered result", () -> search.oldestUndelivered(account));
    }
}
