package io.github.camelsora.internal.track;

import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all waits when the routes stop or are suspended; their tasks go on without them. A suspension can be resumed, a stop is
 * final. A new wait is checked against the phase under the monitor of its task, which has its entry by then; a change of
 * phase goes through all entries afterwards. So each wait is seen by one of the two.
 */
public final class ShutdownHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHandler.class);

    private final TaskEntries entries;
    private final boolean isDurable;
    private volatile Phase phase = Phase.RUNNING;

    private enum Phase {
        /** Exchanges can wait. */
        RUNNING,
        /** The routes are suspended: waits end at once, tasks are followed. */
        SUSPENDED,
        /** The routes stop: waits end at once, tasks are no longer followed. */
        STOPPED
    }

    /**
     * Creates it while the routes run.
     *
     * @param entries the tasks in memory
     * @param isDurable whether the ledger outlives this JVM
     */
    public ShutdownHandler(TaskEntries entries, boolean isDurable) {
        this.entries = entries;
        this.isDurable = isDurable;
    }

    /** Tells whether new waits end at once, because the routes stop or are suspended. */
    public boolean areWaitsEnded() {
        return phase != Phase.RUNNING;
    }

    /** Tells whether the routes stop for good, so that tasks are no longer followed. */
    public boolean isStopped() {
        return phase == Phase.STOPPED;
    }

    /**
     * The routes stop: ends all waits, and all that begin later. A wait whose request is being sent lasts until the answer has
     * come: only the answer brings the id of what was paid for.
     *
     * @param isSending tells whether the request of a key is being sent
     */
    public void stop(Predicate<TaskKey> isSending) {
        change(Phase.STOPPED, isSending);
    }

    /**
     * The routes are suspended: ends all waits, and all that begin before {@link #resume}. Tasks are followed.
     *
     * @param isSending tells whether the request of a key is being sent
     */
    public void suspend(Predicate<TaskKey> isSending) {
        if (!isStopped()) {
            change(Phase.SUSPENDED, isSending);
        }
    }

    /** The routes are resumed: exchanges can wait again. */
    public void resume() {
        if (!isStopped()) {
            phase = Phase.RUNNING;
        }
    }

    private void change(Phase newPhase, Predicate<TaskKey> isSending) {
        phase = newPhase;
        for (TaskEntry task : entries.all()) {
            if (!isSending.test(task.key())) {
                endWaits(task);
            }
        }
    }

    private void endWaits(TaskEntry task) {
        if (isStopped()) {
            stopPolling(task);
        }
        task.failWaits(wait -> reason(task));
    }

    private void stopPolling(TaskEntry task) {
        boolean isOpen;
        synchronized (task) {
            isOpen = task.isFollowed() || task.taskId() == null && !task.waits().isEmpty();
            task.stopPolling();
        }
        if (isOpen && !isDurable) {
            LOG.warn(
                    "Task {} (key {}) may still run, and the ledger is in memory, so it is not delivered after the next start."
                            + " It may be paid for: keep its id and key, and wait for it with sora:await",
                    task.taskId(),
                    task.key().key());
        }
    }

    /** Why a wait for a task ends now. */
    private WaitParkedException reason(TaskEntry task) {
        return phase == Phase.SUSPENDED
                ? WaitExceptions.suspended(task.lastSeen())
                : WaitExceptions.stopped(task.lastSeen(), isDurable);
    }

    /** Ends one wait, because its route stops; the task is followed. */
    void endWait(TaskEntry task, WaitHandle wait) {
        task.removeWait(wait);
        wait.fail(reason(task));
    }

    /** Ends the waits for a task that was registered while the routes stopped or were suspended. */
    void endLateWaits(TaskKey key) {
        if (areWaitsEnded()) {
            entries.find(key).ifPresent(this::endWaits);
        }
    }
}
