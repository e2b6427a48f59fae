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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The history of a ledger in memory. It holds as many actions of operators as the ledger holds records. Thread-safe. */
final class MemoryHistory implements LedgerHistory {
    private final Map<TaskKey, List<Line>> byKey = new HashMap<>();
    /** The actions among them, in the order in which they were added. */
    private final Deque<Line> actions = new ArrayDeque<>();

    private final int mostActions;

    MemoryHistory(int mostActions) {
        this.mostActions = mostActions;
    }

    /** A line, whose detail may be removed in both lists at once. */
    private static final class Line {
        private HistoryEntry entry;

        Line(HistoryEntry entry) {
            this.entry = entry;
        }

        TaskKey key() {
            return new TaskKey(entry.account(), entry.key());
        }

        void removeDetail() {
            entry = new HistoryEntry(
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
    }

    @Override
    public synchronized List<HistoryEntry> find(String account, String key, int limit) {
        List<HistoryEntry> found = sorted(byKey.getOrDefault(new TaskKey(account, key), List.of()).stream());
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    private static List<HistoryEntry> sorted(Stream<Line> lines) {
        return lines.map(line -> line.entry).sorted(MemoryHistory::compare).toList();
    }

    private static int compare(HistoryEntry one, HistoryEntry other) {
        int byTime = one.at().compareTo(other.at());
        return byTime != 0 ? byTime : Long.compare(one.version(), other.version());
    }

    @Override
    public synchronized List<HistoryEntry> findActions(String account, int limit) {
        List<HistoryEntry> found = new ArrayList<>(
                sorted(actions.stream().filter(action -> account == null || account.equals(action.entry.account()))));
        Collections.reverse(found);
        return found.subList(0, Math.min(limit, found.size()));
    }

    @Override
    public synchronized void add(HistoryEntry entry) {
        Line line = new Line(entry);
        byKey.computeIfAbsent(line.key(), key -> new ArrayList<>(4)).add(line);
        if (entry.isAction()) {
            actions.addLast(line);
            if (actions.size() > mostActions) {
                Line oldest = actions.removeFirst();
                removeLines(oldest.key(), oldest::equals);
            }
        }
    }

    private void removeLines(TaskKey key, Predicate<Line> which) {
        byKey.computeIfPresent(key, (k, lines) -> {
            lines.removeIf(which);
            return lines.isEmpty() ? null : lines;
        });
    }

    /** Removes what the lines of a record say beside its states. */
    synchronized void removeDetails(TaskKey key) {
        byKey.getOrDefault(key, List.of()).forEach(Line::removeDetail);
    }

    /** Its record was removed. */
    synchronized void remove(TaskKey key) {
        removeLines(key, line -> !line.entry.isAction());
    }

    synchronized void removeActionsBefore(Instant time) {
        actions.removeIf(action -> {
            boolean isOld = action.entry.at().isBefore(time);
            if (isOld) {
                removeLines(action.key(), action::equals);
            }
            return isOld;
        });
    }
}
