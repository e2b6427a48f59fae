package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wait of one exchange. Its goal, its timeout and a stop race for it: the first notifies the waiter, the others do nothing. */
public final class WaitHandle {
    private static final Logger LOG = LoggerFactory.getLogger(WaitHandle.class);

    final Goal goal;
    /** How long it may last from the acceptance of the task. */
    final Duration timeout;

    private final Request request;
    private final AtomicReference<TaskWaiter> waiter;
    private final Executor routes;
    private volatile TimerQueue.Timer deadline;
    private volatile Instant until;
    private volatile boolean isWithoutAddress;
    private volatile String reachedId;

    /** What the exchange wants the outcome of. */
    @FunctionalInterface
    public interface Request {
        /** The exchange waits for a task by its id, which is paid for in any case, whatever was requested. */
        Request BY_ID = record -> Optional.empty();

        /**
         * Compares the request of a submit with a record of its key, which another node may have written for another request
         * while this one waited.
         *
         * @return why the record is not that of this request; empty when it is
         */
        Optional<SoraException> conflictWith(TaskRecord record);
    }

    WaitHandle(Goal goal, Duration timeout, Request request, TaskWaiter waiter, Executor routes) {
        this.goal = goal;
        this.timeout = timeout;
        this.request = request;
        this.waiter = new AtomicReference<>(waiter);
        this.routes = routes;
    }

    /** Tells whether it is that of a submit. */
    boolean isOfSubmit() {
        return request != Request.BY_ID;
    }

    /** Why a record of its key is not that of what it waits for; empty when it is. */
    Optional<SoraException> conflictWith(TaskRecord record) {
        try {
            return request.conflictWith(record);
        } catch (RuntimeException e) {
            // A value of the user's was written as JSON once and cannot be again. The task must go on all the same.
            LOG.debug("The request under key {} cannot be compared with that of its record", record.key(), e);
            return Optional.empty();
        }
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

    /** Tells whether it has ended with a result without an address, which may have been replaced in the ledger by now. */
    boolean isWithoutAddress() {
        return isWithoutAddress;
    }

    /** The id of the task that it was completed with; null while it lasts. */
    String reachedId() {
        return reachedId;
    }

    /** Completes it with the task of a record, unless that is of another request: then it fails with that. */
    void completeUnlessConflict(VideoTask task, TaskRecord record) {
        conflictWith(record).ifPresentOrElse(this::fail, () -> complete(task));
    }

    void complete(VideoTask task) {
        isWithoutAddress = TaskReader.isWithoutResult(task);
        reachedId = task.id();
        TaskWaiter notified = waiter.getAndSet(null);
        if (notified != null) {
            onRoute(notified, () -> notified.onReached(task));
        }
    }

    public void fail(SoraException reason) {
        TaskWaiter notified = waiter.getAndSet(null);
        if (notified != null) {
            onRoute(notified, () -> notified.onFailed(reason));
        }
    }

    private void onRoute(TaskWaiter notified, Runnable step) {
        try {
            routes.execute(step);
        } catch (Throwable e) {
            // The step has not begun: the deadline, or another end of the wait, tries again.
            waiter.set(notified);
            throw e;
        }
        TimerQueue.Timer timer = deadline;
        if (timer != null) {
            timer.cancel();
        }
    }
}
