package io.github.camelsora.internal.track;

import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.track.RoutePhase.Phase;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all waits when the routes stop or are suspended; their tasks go on without them. A new wait is checked against the
 * {@link RoutePhase} under the monitor of its task, which has its entry by then; after a change of the phase {@link #endWaits}
 * goes through all entries. So each wait is seen by one of the two.
 */
public final class ShutdownHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHandler.class);

    private final TaskEntries entries;
    private final RoutePhase phase;
    private final boolean isDurable;

    /**
     * Creates it while the routes run.
     *
     * @param entries the tasks in memory
     * @param phase the phase of the routes
     * @param isDurable whether the ledger outlives this JVM
     */
    public ShutdownHandler(TaskEntries entries, RoutePhase phase, boolean isDurable) {
        this.entries = entries;
        this.phase = phase;
        this.isDurable = isDurable;
    }

    /**
     * The routes have begun to stop, or are suspended: ends all waits. A wait whose request is being sent lasts until the answer
     * has come: only the answer brings the id of what was paid for.
     *
     * @param isSending tells whether the request of a key is being sent
     */
    public void endWaits(Predicate<TaskKey> isSending) {
        Phase now = phase.current();
        for (TaskEntry task : entries.all()) {
            if (!isSending.test(task.key())) {
                endWaits(task, now);
            }
        }
    }

    private void endWaits(TaskEntry task, Phase now) {
        if (now == Phase.STOPPED) {
            stopPolling(task);
        }
        task.failWaits(wait -> reason(task, now));
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

    /** Why a wait for a task ends. While the routes run, its own route stops. */
    private WaitParkedException reason(TaskEntry task, Phase now) {
        return now == Phase.SUSPENDED
                ? WaitExceptions.suspended(task.lastSeen())
                : WaitExceptions.stopped(task.lastSeen(), isDurable);
    }

    /** Ends one wait, because its route stops; the task is followed. */
    void endWait(TaskEntry task, WaitHandle wait) {
        endWait(task, wait, phase.current());
    }

    /** Ends one wait, because of the phase in which it has begun; the task is followed unless the routes stop. */
    void endWait(TaskEntry task, WaitHandle wait, Phase now) {
        task.removeWait(wait);
        wait.fail(reason(task, now));
    }

    /** Ends one wait that has begun while the routes stopped or were suspended. */
    void endLateWait(TaskEntry task, WaitHandle wait) {
        Phase now = phase.current();
        if (now != Phase.RUNNING) {
            endWait(task, wait, now);
        }
    }

    /** Ends the waits for a task that was registered while the routes stopped or were suspended. */
    void endLateWaits(TaskKey key) {
        Phase now = phase.current();
        if (now != Phase.RUNNING) {
            entries.find(key).ifPresent(task -> endWaits(task, now));
        }
    }
}
