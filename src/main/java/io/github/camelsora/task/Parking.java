package io.github.camelsora.task;

import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends waits because routes stop: their tasks go on without them. */
final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final TrackedTasks tasks;
    private final boolean isDurable;
    private volatile boolean hasBegun;

    /**
     * Parks nobody yet.
     *
     * @param isDurable whether the ledger outlives this JVM
     */
    Parking(TrackedTasks tasks, boolean isDurable) {
        this.tasks = tasks;
        this.isDurable = isDurable;
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /**
     * Ends all waits at once. Waits that begin later end the same way. Only those whose request is on its way go on until its
     * answer has come: it brings the id, without which nobody could ask for what was paid.
     *
     * @param isSending tells which those are
     */
    void begin(Predicate<TaskRef> isSending) {
        hasBegun = true;
        for (TrackedTask task : tasks.all()) {
            if (!isSending.test(task.ref)) {
                park(task);
            }
        }
    }

    private void park(TrackedTask task) {
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
        Waits.failAll(task, wait -> WaitFailures.parked(task, isDurable));
    }

    /** Ends one wait because its route stops; the task is followed on. */
    void park(TrackedTask task, TaskWait wait) {
        Waits.fail(task, wait, WaitFailures.parked(task, isDurable));
    }

    /** Ends a wait that has begun after all others were ended. */
    void parkLate(TrackedTask task, TaskWait wait) {
        wait.fail(WaitFailures.parked(task, isDurable));
    }

    void parkIfBegun(TaskRef ref) {
        if (hasBegun) {
            tasks.find(ref).ifPresent(this::park);
        }
    }
}
