package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ends waits that do not reach their goal: by their time, or because somebody says so. */
public final class WaitTimeouts {
    private final TaskLedger ledger;
    private final TimerQueue timers;
    private final Executor later;

    WaitTimeouts(TaskLedger ledger, TimerQueue timers, Executor later) {
        this.later = later;
        this.ledger = ledger;
        this.timers = timers;
    }

    /** Has a wait end when it has lasted long enough from now; the caller holds the monitor of its task. */
    void limit(TaskEntry task, WaitHandle wait) {
        endAt(ledger.now().plus(wait.timeout), task, wait, () -> WaitExceptions.timedOut(task, wait.timeout));
    }

    /** The same for all waits of a task. */
    void limitAll(TaskEntry task) {
        task.waits().forEach(wait -> limit(task, wait));
    }

    /** A lost submit is looked for: who waits for it and has no deadline yet waits so long for it to be found. */
    void limitSearch(TaskEntry task, Duration recovery, SoraException reason) {
        Instant deadline = ledger.now().plus(recovery);
        synchronized (task) {
            task.waits().stream()
                    .filter(wait -> !wait.hasDeadline())
                    .forEach(wait -> endAt(deadline, task, wait, () -> reason));
        }
    }

    private void endAt(Instant when, TaskEntry task, WaitHandle wait, Supplier<SoraException> reason) {
        wait.endsAt(when, timers.schedule(when, () -> timeOut(task, wait, reason.get())));
    }

    /** On the ticker, which must not wait for whoever holds the task's monitor and waits for the ledger. */
    private void timeOut(TaskEntry task, WaitHandle wait, SoraException reason) {
        // In this order: a wait that has failed has cancelled this action, which then would not run again.
        later.execute(() -> remove(task, wait));
        wait.fail(reason);
    }

    private static void remove(TaskEntry task, WaitHandle wait) {
        synchronized (task) {
            task.removeWait(wait);
        }
    }

    /** Ends one wait for a task that goes on. */
    static void fail(TaskEntry task, WaitHandle wait, SoraException reason) {
        remove(task, wait);
        wait.fail(reason);
    }

    /** Ends all waits for a task that goes on. */
    public static void failAll(TaskEntry task, Function<WaitHandle, SoraException> reason) {
        List<WaitHandle> waits;
        synchronized (task) {
            waits = task.removeWaits();
        }
        waits.forEach(wait -> wait.fail(reason.apply(wait)));
    }
}
