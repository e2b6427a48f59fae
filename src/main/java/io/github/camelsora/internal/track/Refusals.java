package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all who wait for a task that there is nothing to wait for, and frees its key where that is so. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final TrackedTasks tasks;
    private final LedgerWriter writer;

    Refusals(TrackedTasks tasks, LedgerWriter writer) {
        this.tasks = tasks;
        this.writer = writer;
    }

    /** A submit has come to nothing, or to nothing that is known. */
    void failed(TaskKey key, SoraException reason) {
        failed(key, reason, () -> {});
    }

    /**
     * The same.
     *
     * @param beforeTold runs when it is settled who is told, and nobody is told yet
     */
    void failed(TaskKey key, SoraException reason, Runnable beforeTold) {
        List<WaitHandle> ended = tasks.find(key).map(Refusals::takeWaits).orElse(List.of());
        try {
            beforeTold.run();
        } finally {
            ended.forEach(wait -> wait.fail(reason));
        }
    }

    private static List<WaitHandle> takeWaits(TaskEntry task) {
        synchronized (task) {
            return task.removeWaits();
        }
    }

    /**
     * A submit was refused or never sent. Written and taken in one, because whoever reads the refusal begins anew, and must not
     * be told of a submit that was not his.
     *
     * @param beforeTold runs when it is settled who is told, and nobody is told yet; hears whether the ledger could be told
     */
    void rejected(TaskRecord intent, SoraException reason, Consumer<Boolean> beforeTold) {
        Optional<TaskEntry> task = tasks.find(TaskKey.of(intent));
        boolean isWritten;
        List<WaitHandle> ended;
        if (task.isEmpty()) {
            isWritten = reject(intent);
            ended = List.of();
        } else {
            synchronized (task.get()) {
                isWritten = reject(intent);
                task.get().record = null;
                ended = task.get().removeWaits();
            }
        }
        try {
            beforeTold.accept(isWritten);
        } finally {
            ended.forEach(wait -> wait.fail(reason));
        }
    }

    private boolean reject(TaskRecord intent) {
        try {
            writer.apply(TaskKey.of(intent), new TaskEvent.SubmitRejected(intent.wireKey()))
                    .required();
            return true;
        } catch (RuntimeException e) {
            // Who waits must be told in any case, and the key must be free again.
            LOG.error("Key {} was not accepted, but the ledger could not be told; it is told again", intent.key(), e);
            return false;
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
