package io.github.camelsora.internal.track;

import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks that are in memory here: those that are followed, and those that exchanges hold. Thread-safe; what is in a task is
 * guarded by its monitor.
 */
public final class TrackedTasks {
    private final ConcurrentMap<TaskKey, TaskEntry> tasks = new ConcurrentHashMap<>();
    private final Set<String> everyAccount = ConcurrentHashMap.newKeySet();

    int count() {
        return tasks.size();
    }

    public Collection<TaskEntry> all() {
        return tasks.values();
    }

    Optional<TaskEntry> find(TaskKey key) {
        return Optional.ofNullable(tasks.get(key));
    }

    /** Does something with a task, under its monitor; it is taken into memory if it is not there. */
    <T> T with(TaskKey key, ServiceProfile service, Function<TaskEntry, T> action) {
        while (true) {
            TaskEntry task = tasks.computeIfAbsent(key, r -> newTask(r, service));
            synchronized (task) {
                if (!task.isRetired) {
                    return action.apply(task);
                }
            }
        }
    }

    private TaskEntry newTask(TaskKey key, ServiceProfile service) {
        everyAccount.add(key.account());
        return new TaskEntry(key, service);
    }

    /** The accounts of which tasks were ever in memory here. */
    Set<String> everyAccount() {
        return everyAccount;
    }

    /** Tells whether anybody here waits for a task. */
    boolean isAwaited(TaskKey key) {
        TaskEntry task = tasks.get(key);
        if (task == null) {
            return false;
        }
        synchronized (task) {
            return task.waits().stream().anyMatch(wait -> !wait.isOver());
        }
    }

    /** Without the monitors of the tasks, which may be held while the ledger is slow. */
    Set<String> accounts() {
        return tasks.keySet().stream().map(TaskKey::account).collect(Collectors.toSet());
    }

    /** Forgets a task that nobody here polls or claims any more; the caller holds its monitor. The ledger keeps it. */
    void retireWhenDone(TaskEntry task) {
        if (!task.isPolled && task.claims == 0) {
            retire(task);
        }
    }

    /** Forgets a task; the caller holds its monitor. */
    void retire(TaskEntry task) {
        task.isRetired = true;
        tasks.remove(task.key, task);
    }
}
