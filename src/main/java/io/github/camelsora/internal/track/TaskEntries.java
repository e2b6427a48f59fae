package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks that are in memory in this JVM: those that are followed, and those that exchanges claim. Thread-safe; each entry
 * is guarded by its own monitor.
 */
public final class TaskEntries {
    private final ConcurrentMap<TaskKey, TaskEntry> entries = new ConcurrentHashMap<>();
    private final Set<String> everyAccount = ConcurrentHashMap.newKeySet();

    public int count() {
        return entries.size();
    }

    Collection<TaskEntry> all() {
        return entries.values();
    }

    public Optional<TaskEntry> find(TaskKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** How many tasks are in memory here, by the state of their records. Needs no monitor. */
    public Map<TaskState, Long> countByState() {
        return entries.values().stream()
                .map(TaskEntry::record)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(TaskRecord::state, TreeMap::new, Collectors.counting()));
    }

    /** Runs an action on the entry of a key, which is created if there is none; the action holds its monitor. */
    <T> T with(TaskKey key, ServiceProfile service, Function<TaskEntry, T> action) {
        while (true) {
            TaskEntry task = entries.computeIfAbsent(key, r -> newEntry(r, service));
            synchronized (task) {
                if (!task.isRetired()) {
                    return action.apply(task);
                }
            }
        }
    }

    private TaskEntry newEntry(TaskKey key, ServiceProfile service) {
        everyAccount.add(key.account());
        return new TaskEntry(key, service);
    }

    /** The accounts that have ever had an entry here. */
    Set<String> everyAccount() {
        return everyAccount;
    }

    /** The accounts that have an entry. Needs no monitor, which may be held while the ledger is slow. */
    public Set<String> accounts() {
        return entries.keySet().stream().map(TaskKey::account).collect(Collectors.toSet());
    }

    /** Removes an entry that is neither followed nor claimed; the caller holds its monitor. The ledger keeps the task. */
    void retireWhenDone(TaskEntry task) {
        if (!task.isFollowed() && !task.isClaimed()) {
            retire(task);
        }
    }

    /** Removes an entry; the caller holds its monitor. */
    void retire(TaskEntry task) {
        task.setRetired();
        entries.remove(task.key(), task);
    }
}
