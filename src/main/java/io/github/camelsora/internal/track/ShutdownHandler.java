package io.github.camelsora.internal.track;

import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends waits because routes stop or are suspended: their tasks go on without them. After a suspension new waits may begin again;
 * a stop is for good. A new wait is checked against the phase under the monitor of its task, which is registered by then; a
 * change of phase goes through all registered tasks afterwards. So no wait slips through.
 */
final class ShutdownHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHandler.class);

    private final TrackedTasks tasks;
    private final boolean isDurable;
    private volatile Phase phase = Phase.OPEN;

    private enum Phase {
        OPEN,
        SUSPENDED,
        STOPPED
    }

    /**
     * Parks nobody yet.
     *
     * @param isDurable whether the ledger outlives this JVM
     */
    ShutdownHandler(TrackedTasks tasks, boolean isDurable) {
        this.tasks = tasks;
        this.isDurable = isDurable;
    }

    /** Tells whether waits end at once. */
    boolean hasBegun() {
        return phase != Phase.OPEN;
    }

    /** Tells whether that is for good, so that tasks are not followed any more either. */
    boolean isStopped() {
        return phase == Phase.STOPPED;
    }

    /**
     * Ends all waits at once. Waits that begin later end the same way. Only those whose request is on its way go on until its
     * answer has come: it brings the id, without which nobody could ask for what was paid.
     *
     * @param isSending tells which those are
     */
    void stop(Predicate<TaskKey> isSending) {
        begin(Phase.STOPPED, isSending);
    }

    /** The same, until {@link #resume}; tasks are followed on. */
    void suspend(Predicate<TaskKey> isSending) {
        if (!isStopped()) {
            begin(Phase.SUSPENDED, isSending);
        }
    }

    /** Waits last again. */
    void resume() {
        if (!isStopped()) {
            phase = Phase.OPEN;
        }
    }

    private void begin(Phase newPhase, Predicate<TaskKey> isSending) {
        phase = newPhase;
        for (TaskEntry task : tasks.all()) {
            if (!isSending.test(task.key)) {
                park(task);
            }
        }
    }

    private void park(TaskEntry task) {
        if (isStopped()) {
            endPolling(task);
        }
        WaitTimeouts.failAll(task, wait -> parked(task));
    }

    private void endPolling(TaskEntry task) {
        boolean isOpen;
        synchronized (task) {
            isOpen = task.isPolled || task.taskId == null && !task.waits().isEmpty();
            task.endPolling();
        }
        if (isOpen && !isDurable) {
            LOG.warn(
                    "Task {} (key {}) may run on, and the ledger is in memory, so no successor will deliver it: keep id and"
                            + " key, and ask with sora:await.",
                    task.taskId,
                    task.key.key());
        }
    }

    private WaitParkedException parked(TaskEntry task) {
        return phase == Phase.SUSPENDED ? WaitExceptions.suspended(task) : WaitExceptions.parked(task, isDurable);
    }

    /** Ends one wait because its route stops; the task is followed on. */
    void park(TaskEntry task, WaitHandle wait) {
        WaitTimeouts.fail(task, wait, parked(task));
    }

    /** Ends a wait that has begun after all others were ended. */
    void parkLate(TaskEntry task, WaitHandle wait) {
        wait.fail(parked(task));
    }

    void parkIfBegun(TaskKey key) {
        if (hasBegun()) {
            tasks.find(key).ifPresent(this::park);
        }
    }
}
