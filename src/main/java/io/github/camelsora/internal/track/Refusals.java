package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all who wait for a task that there is nothing to wait for, and frees its key where that is so. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final TrackedTasks tasks;

    Refusals(TrackedTasks tasks) {
        this.tasks = tasks;
    }

    /** A submit has come to nothing, or to nothing that is known. */
    void failed(TaskKey key, SoraException reason) {
        removeWaits(key).forEach(wait -> wait.fail(reason));
    }

    List<WaitHandle> removeWaits(TaskKey key) {
        return tasks.find(key).map(Refusals::removeWaits).orElse(List.of());
    }

    private static List<WaitHandle> removeWaits(TaskEntry task) {
        synchronized (task) {
            return task.removeWaits();
        }
    }

    /**
     * An operator frees a key: whoever comes later begins anew.
     *
     * @param free does it in the ledger; false when somebody else was faster
     */
    boolean forgotten(TaskKey key, BooleanSupplier free, SoraException reason) {
        Optional<TaskEntry> task = tasks.find(key);
        if (task.isEmpty()) {
            return free.getAsBoolean();
        }
        List<WaitHandle> ended;
        synchronized (task.get()) {
            if (!free.getAsBoolean()) {
                return false;
            }
            ended = task.get().removeWaits();
            task.get().endPolling();
            // Exchanges may still hold claims on it. They must not reach the task that comes after.
            tasks.retire(task.get());
        }
        ended.forEach(wait -> wait.fail(reason));
        return true;
    }

    /** The record of a task was removed behind our back. Nothing can be written of it any more. */
    void gone(TaskEntry task) {
        synchronized (task) {
            task.endPolling();
            tasks.retire(task);
        }
        LOG.warn("Task {} (key {}) is no longer in the ledger and is not followed on", task.taskId, task.key.key());
        WaitTimeouts.failAll(task, wait -> WaitExceptions.gone(task));
    }
}
