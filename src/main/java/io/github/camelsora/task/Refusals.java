package io.github.camelsora.task;

import io.github.camelsora.api.SoraException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all who wait for a task that there is nothing to wait for, and frees its key where that is so. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final TrackedTasks tasks;
    private final LedgerSteps steps;
    private final PatientPool http;

    Refusals(TrackedTasks tasks, LedgerSteps steps, PatientPool http) {
        this.tasks = tasks;
        this.steps = steps;
        this.http = http;
    }

    /** A submit has come to nothing, or to nothing that is known. */
    void failed(TaskRef ref, SoraException reason) {
        tasks.find(ref).ifPresent(task -> Waits.failAll(task, wait -> reason));
    }

    /**
     * A submit was refused or never sent. Written and taken in one, because whoever reads the refusal begins anew, and must not
     * be told of a submit that was not his.
     */
    void rejected(TaskRef ref, SoraException reason) {
        Optional<TrackedTask> task = tasks.find(ref);
        if (task.isEmpty()) {
            reject(ref);
            return;
        }
        List<TaskWait> ended;
        synchronized (task.get()) {
            reject(ref);
            ended = task.get().takeWaits();
        }
        ended.forEach(wait -> wait.fail(reason));
    }

    private void reject(TaskRef ref) {
        try {
            steps.reject(ref);
        } catch (RuntimeException e) {
            // Who waits must be told in any case, and the key must be free again.
            LOG.error("Key {} was not accepted, but the ledger could not be told; it is told again", ref.key(), e);
            rejectLater(ref);
        }
    }

    private void rejectLater(TaskRef ref) {
        http.executeAfter(TaskTracker.LEDGER_PAUSE, () -> {
            try {
                steps.rejectLate(ref);
            } catch (RuntimeException e) {
                rejectLater(ref);
            }
        });
    }

    /**
     * An operator frees a key: whoever comes later begins anew.
     *
     * @param free does it in the ledger; false when somebody else was faster
     */
    boolean forgotten(TaskRef ref, BooleanSupplier free, SoraException reason) {
        Optional<TrackedTask> task = tasks.find(ref);
        if (task.isEmpty()) {
            return free.getAsBoolean();
        }
        List<TaskWait> ended;
        synchronized (task.get()) {
            if (!free.getAsBoolean()) {
                return false;
            }
            ended = task.get().takeWaits();
            task.get().endPolling();
            // Exchanges may still hold claims on it. They must not reach the task that comes after.
            tasks.retire(task.get());
        }
        ended.forEach(wait -> wait.fail(reason));
        return true;
    }

    /** The record of a task was removed behind our back. Nothing can be written of it any more. */
    void gone(TrackedTask task) {
        synchronized (task) {
            task.endPolling();
            tasks.retire(task);
        }
        LOG.warn("Task {} (key {}) is no longer in the ledger and is not followed on", task.taskId, task.ref.key());
        Waits.failAll(task, wait -> WaitFailures.gone(task));
    }
}
