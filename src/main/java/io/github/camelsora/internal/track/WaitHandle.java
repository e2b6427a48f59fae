package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** One wait of one exchange: whoever is first (goal, timeout, stop) tells the waiter, and nobody tells it again. */
public final class WaitHandle {
    final Goal goal;
    /** How long it may last from the acceptance of the task. */
    final Duration timeout;

    private final AtomicReference<TaskWaiter> waiter;
    private final Executor routes;
    private volatile TimerQueue.Timer deadline;
    private volatile Instant until;
    private volatile boolean isWithoutAddress;
    private volatile String reachedId;

    WaitHandle(Goal goal, Duration timeout, TaskWaiter waiter, Executor routes) {
        this.goal = goal;
        this.timeout = timeout;
        this.waiter = new AtomicReference<>(waiter);
        this.routes = routes;
    }

    boolean isOver() {
        return waiter.get() == null;
    }

    boolean hasDeadline() {
        return deadline != null;
    }

    /** Until when it lasts; null while that is not known. */
    Instant until() {
        return until;
    }

    /** Sets its deadline in place of the one that it has; the caller holds the monitor of its task. */
    void endsAt(Instant when, TimerQueue.Timer timer) {
        until = when;
        if (deadline != null) {
            deadline.cancel();
        }
        deadline = timer;
        if (waiter.get() == null) {
            timer.cancel();
        }
    }

    /** Tells whether it has ended with a result that lacks an address, in whose place another may stand by now. */
    boolean isWithoutAddress() {
        return isWithoutAddress;
    }

    /** The id of the task that it was ended with; null while it lasts. */
    String reachedId() {
        return reachedId;
    }

    void complete(VideoTask task) {
        isWithoutAddress = TaskReader.isWithoutResult(task);
        reachedId = task.id();
        TaskWaiter told = take();
        if (told != null) {
            onRoute(told, () -> told.onReached(task));
        }
    }

    public void fail(SoraException reason) {
        TaskWaiter told = take();
        if (told != null) {
            onRoute(told, () -> told.onFailed(reason));
        }
    }

    private void onRoute(TaskWaiter told, Runnable step) {
        try {
            routes.execute(step);
        } catch (Throwable e) {
            // It has not begun: the deadline, or another end of the wait, tries again.
            waiter.set(told);
            throw e;
        }
        TimerQueue.Timer timer = deadline;
        if (timer != null) {
            timer.cancel();
        }
    }

    private TaskWaiter take() {
        return waiter.getAndSet(null);
    }
}
