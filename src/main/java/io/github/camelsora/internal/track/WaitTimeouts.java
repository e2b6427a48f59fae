package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Ends waits and claims that have lasted too long. */
public final class WaitTimeouts {
    private final InstantSource clock;
    private final TimerQueue timers;
    private final RetryingExecutor executor;

    /**
     * Creates it.
     *
     * @param clock the ledger's clock
     * @param timers where the deadlines of waits are
     * @param executor runs what may wait for the ledger or for the monitor of an entry
     */
    public WaitTimeouts(InstantSource clock, TimerQueue timers, RetryingExecutor executor) {
        this.clock = clock;
        this.timers = timers;
        this.executor = executor;
    }

    /** Starts the timeout of a wait; the caller holds the monitor of its task. */
    void start(TaskEntry task, WaitHandle wait) {
        endAt(
                clock.instant().plus(wait.timeout),
                task,
                wait,
                () -> WaitExceptions.timedOut(task.lastSeen(), wait.timeout));
    }

    /** Starts the timeouts of all waits for a task; the caller holds its monitor. */
    void startAll(TaskEntry task) {
        task.waits().forEach(wait -> start(task, wait));
    }

    /** The submit is lost and searched for: waits without a deadline fail if it is not found in time. */
    void startSearch(TaskEntry task, Duration recovery, SoraException reason) {
        Instant deadline = clock.instant().plus(recovery);
        synchronized (task) {
            task.waits().stream()
                    .filter(wait -> !wait.hasDeadline())
                    .forEach(wait -> endAt(deadline, task, wait, () -> reason));
        }
    }

    private void endAt(Instant when, TaskEntry task, WaitHandle wait, Supplier<SoraException> reason) {
        wait.endsAt(when, timers.schedule(when, () -> timeOut(task, wait, reason.get())));
    }

    /** Runs on the timer thread, which must not wait for a monitor that is held while the ledger is slow. */
    private void timeOut(TaskEntry task, WaitHandle wait, SoraException reason) {
        // In this order: a wait that has failed has cancelled this action, which then would not run again.
        executor.execute(() -> task.removeWait(wait));
        wait.fail(reason);
    }

    /** Runs an action after a time; the action may wait for the ledger. */
    TimerQueue.Timer later(Duration time, Runnable action) {
        return executor.executeAfter(time, action);
    }
}
