package io.github.camelsora.task;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ends waits that do not reach their goal: by their time, or because somebody says so. */
final class Waits {
    private final TaskLedger ledger;
    private final Ticker ticker;
    private final Executor later;

    Waits(TaskLedger ledger, Ticker ticker, Executor later) {
        this.later = later;
        this.ledger = ledger;
        this.ticker = ticker;
    }

    /** Has a wait end when it has lasted long enough from now; the caller holds the monitor of its task. */
    void limit(TrackedTask task, TaskWait wait) {
        endAt(ledger.now().plus(wait.timeout), task, wait, () -> WaitFailures.timedOut(task, wait.timeout));
    }

    /** The same for all waits of a task. */
    void limitAll(TrackedTask task) {
        task.waits().forEach(wait -> limit(task, wait));
    }

    /** A lost submit is looked for: who waits for it and has no deadline yet waits so long for it to be found. */
    void limitSearch(TrackedTask task, Duration recovery, SoraException reason) {
        Instant deadline = ledger.now().plus(recovery);
        synchronized (task) {
            task.waits().stream()
                    .filter(wait -> !wait.hasDeadline())
                    .forEach(wait -> endAt(deadline, task, wait, () -> reason));
        }
    }

    private void endAt(Instant when, TrackedTask task, TaskWait wait, Supplier<SoraException> reason) {
        wait.endsAt(when, ticker.at(when, () -> timeOut(task, wait, reason.get())));
    }

    /** On the ticker, which must not wait for whoever holds the task's monitor and waits for the ledger. */
    private void timeOut(TrackedTask task, TaskWait wait, SoraException reason) {
        // In this order: a wait that has failed has cancelled this action, which then would not run again.
        later.execute(() -> remove(task, wait));
        wait.fail(reason);
    }

    private static void remove(TrackedTask task, TaskWait wait) {
        synchronized (task) {
            task.removeWait(wait);
        }
    }

    /** Ends one wait for a task that goes on. */
    static void fail(TrackedTask task, TaskWait wait, SoraException reason) {
        remove(task, wait);
        wait.fail(reason);
    }

    /** Ends all waits for a task that goes on. */
    static void failAll(TrackedTask task, Function<TaskWait, SoraException> reason) {
        List<TaskWait> waits;
        synchronized (task) {
            waits = task.takeWaits();
        }
        waits.forEach(wait -> wait.fail(reason.apply(wait)));
    }
}
