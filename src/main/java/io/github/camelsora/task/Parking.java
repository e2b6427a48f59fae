package io.github.camelsora.task;

import io.github.camelsora.api.WaitParkedException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends waits because routes stop or are suspended: their tasks go on without them. After a suspension new waits may begin again;
 * a stop is for good. A new wait is checked against the phase under the monitor of its task, which is registered by then; a
 * change of phase goes through all registered tasks afterwards. So no wait slips through.
 */
final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

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
    Parking(TrackedTasks tasks, boolean isDurable) {
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
    void stop(Predicate<TaskRef> isSending) {
        begin(Phase.STOPPED, isSending);
    }

    /** The same, until {@link #resume}; tasks are followed on. */
    void suspend(Predicate<TaskRef> isSending) {
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

    private void begin(Phase newPhase, Predicate<TaskRef> isSending) {
        phase = newPhase;
        for (TrackedTask task : tasks.all()) {
            if (!isSending.test(task.ref)) {
                park(task);
            }
        }
    }

    private void park(TrackedTask task) {
        if (isStopped()) {
            endPolling(task);
        }
        Waits.failAll(task, wait -> parked(task));
    }

    private void endPolling(TrackedTask task) {
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
                    task.ref.key());
        }
    }

    private WaitParkedException parked(TrackedTask task) {
        return phase == Phase.SUSPENDED ? WaitFailures.suspended(task) : WaitFailures.parked(task, isDurable);
    }

    /** Ends one wait because its route stops; the task is followed on. */
    void park(TrackedTask task, TaskWait wait) {
        Waits.fail(task, wait, parked(task));
    }

    /** Ends a wait that has begun after all others were ended. */
    void parkLate(TrackedTask task, TaskWait wait) {
        wait.fail(parked(task));
    }

    void parkIfBegun(TaskRef ref) {
        if (hasBegun()) {
            tasks.find(ref).ifPresent(this::park);
        }
    }
}
