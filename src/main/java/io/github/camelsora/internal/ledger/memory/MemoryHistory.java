package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.internal.ledger.TaskKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The history of a ledger in memory. It holds as many actions of operators as the ledger holds records. Thread-safe. */
final class MemoryHistory implements LedgerHistory {
    private final Map<TaskKey, List<HistoryEntry>> changes = new HashMap<>();
    private final Deque<HistoryEntry> actions = new ArrayDeque<>();
    private final int mostActions;

    MemoryHistory(int mostActions) {
        this.mostActions = mostActions;
    }

    @Override
    public synchronized List<HistoryEntry> find(String account, String key, int limit) {
        TaskKey taskKey = new TaskKey(account, key);
        List<HistoryEntry> found = Stream.concat(
                        changes.getOrDefault(taskKey, List.of()).stream(),
                        actions.stream().filter(action -> account.equals(action.account()) && key.equals(action.key())))
                .sorted(MemoryHistory::compare)
                .toList();
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    private static int compare(HistoryEntry one, HistoryEntry other) {
        int byTime = one.at().compareTo(other.at());
        return byTime != 0 ? byTime : Long.compare(one.version(), other.version());
    }

    @Override
    public synchronized List<HistoryEntry> findActions(String account, int limit) {
        List<HistoryEntry> found = new ArrayList<>(actions.stream()
                .filter(action -> account == null || account.equals(action.account()))
                .sorted(MemoryHistory::compare)
                .toList());
        Collections.reverse(found);
        return found.subList(0, Math.min(limit, found.size()));
    }

    @Override
    public synchronized void add(HistoryEntry entry) {
        if (!entry.isAction()) {
            changes.computeIfAbsent(new TaskKey(entry.account(), entry.key()), key -> new ArrayList<>(4))
                    .add(entry);
            return;
        }
        actions.addLast(entry);
        if (actions.size() > mostActions) {
            actions.removeFirst();
        }
    }

    @Override
    public synchronized void removeDetails(String account, String key) {
        changes.computeIfPresent(new TaskKey(account, key), (k, entries) -> entries.stream()
                .map(MemoryHistory::withoutDetail)
                .collect(Collectors.toCollection(ArrayList::new)));
        List<HistoryEntry> all = actions.stream()
                .map(action ->
                        account.equals(action.account()) && key.equals(action.key()) ? withoutDetail(action) : action)
                .toList();
        actions.clear();
        actions.addAll(all);
    }

    private static HistoryEntry withoutDetail(HistoryEntry entry) {
        return new HistoryEntry(
                entry.account(),
                entry.key(),
                entry.version(),
                entry.at(),
                entry.event(),
                entry.from(),
                entry.to(),
                entry.node(),
                entry.actor(),
                null);
    }

    /** Its record was removed. */
    synchronized void remove(TaskKey key) {
        changes.remove(key);
    }

    synchronized void removeActionsBefore(Instant time) {
        actions.removeIf(action -> action.at().isBefore(time));
    }
}
