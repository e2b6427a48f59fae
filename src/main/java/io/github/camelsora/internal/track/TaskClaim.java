package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.trace.TaskScope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one exchange holds of one task, from before its submit until the exchange is done. While it is held, the task is
 * delivered to no other exchange; it ends exactly once. A claim that has ended changes nothing any more, so an exchange that
 * completes after claimTimeout cannot touch a record that another claim, here or on another node, holds since.
 */
public final class TaskClaim {
    private static final Logger LOG = LoggerFactory.getLogger(TaskClaim.class);

    private static final Consumer<Change> NO_REPORT = change -> {};

    private final TaskEntry task;
    private final ClaimReleases releases;
    private final WaitTimeouts timeouts;
    private final ShutdownHandler shutdown;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private volatile WaitHandle wait;
    /** The record that was acquired: for a delivery, or to wait for a task by its id. Null for a submit, and for a task that had ended when the wait began. */
    private volatile TaskRecord acquired;

    private volatile TimerQueue.Timer timeout = TimerQueue.NONE;

    private enum State {
        HELD,
        ENDED,
        TIMED_OUT
    }

    TaskClaim(TaskEntry task, ClaimReleases releases, WaitTimeouts timeouts, ShutdownHandler shutdown) {
        this.task = task;
        this.releases = releases;
        this.timeouts = timeouts;
        this.shutdown = shutdown;
    }

    /**
     * The task that is claimed.
     *
     * @return the account and the key
     */
    public TaskKey key() {
        return task.key();
    }

    /**
     * The record of the task as it was last read or written here.
     *
     * @return the record; null while nothing was sent
     */
    public TaskRecord record() {
        return task.record();
    }

    TaskEntry task() {
        return task;
    }

    void waitsBy(WaitHandle newWait) {
        wait = newWait;
    }

    /** The exchange has acquired a record, for a delivery or to wait for it. */
    public void acquire(TaskRecord record) {
        synchronized (task) {
            task.setRecord(record);
        }
        acquired = record;
    }

    /** Ends the wait of this claim, if it lasts, because its route stops. */
    public void endWait() {
        if (wait != null) {
            shutdown.endWait(task, wait);
        }
    }

    /** Ends the wait of this claim, if it lasts and the routes have stopped or were suspended since it was registered. */
    public void endLateWait() {
        if (wait != null) {
            shutdown.endLateWait(task, wait);
        }
    }

    /**
     * The exchange has the result, or the reason why its wait has failed: from now on the claim times out. An exchange that is
     * discarded on its way never completes, and nothing reports that.
     *
     * @param time how long the exchange has to complete; zero for ever
     * @param onTimeout what happens then; it may wait for the ledger
     */
    public void limit(Duration time, Runnable onTimeout) {
        if (time.isZero()) {
            return;
        }
        timeout.cancel();
        timeout = timeouts.later(time, () -> {
            try (TaskScope scope = TaskScope.of(task.key().key(), task.record())) {
                onTimeout.run();
            }
        });
        if (isOver()) {
            timeout.cancel();
        }
    }

    /**
     * Tells whether the claim has ended.
     *
     * @return true when it changes nothing any more
     */
    public boolean isOver() {
        return state.get() != State.HELD;
    }

    /**
     * The exchange has not completed in time, so the task is released for delivery.
     *
     * @return true when that has ended the last claim here; false also when the exchange has completed meanwhile
     */
    public boolean timeOut() {
        return begin(State.TIMED_OUT) && releases.release(task, task.claimReleased(), NO_REPORT);
    }

    /**
     * The exchange has not completed in time.
     *
     * @param end what that means for the task
     * @param onWritten is passed what that has changed in the ledger, later if that is unavailable
     * @return false when the exchange has completed meanwhile
     */
    public boolean timeOut(TaskEvent end, Consumer<Change> onWritten) {
        boolean isEnd = begin(State.TIMED_OUT);
        if (isEnd) {
            releases.release(task, end, onWritten);
        }
        return isEnd;
    }

    /** The exchange has completed with the result: the task is delivered. */
    public void delivered() {
        // The result that it had, and not the one in the ledger: an operator may have had the key paid for again.
        end(
                wait != null
                        ? new TaskEvent.Delivered(wait.reachedId(), wait.isWithoutAddress())
                        : new TaskEvent.Delivered(acquired.taskId(), acquired.isResultMissing()));
    }

    /**
     * The exchange has completed with the failure that reports the submit as lost. If the submit is found later, its result is
     * delivered.
     */
    public void lossReported() {
        end(new TaskEvent.LossReported());
    }

    /** The exchange has not completed with a result: when no other exchange here claims the task, it is released for delivery. */
    public void release() {
        end(task.claimReleased());
    }

    private void end(TaskEvent end) {
        end(end, NO_REPORT);
    }

    /**
     * Ends the claim, and logs when that comes too late.
     *
     * @param end what it ends with
     * @param onWritten is passed what that has changed in the ledger, later if that is unavailable
     */
    public void end(TaskEvent end, Consumer<Change> onWritten) {
        if (begin(State.ENDED)) {
            releases.release(task, end, onWritten);
            return;
        }
        if (state.get() == State.TIMED_OUT && task.taskId() != null) {
            LOG.warn(
                    "An exchange that held task {} (key {}) has completed after claimTimeout. That changes nothing in the"
                            + " ledger: the task was released to sora:tasks, so its result may be delivered twice",
                    task.taskId(),
                    task.key().key());
        }
    }

    private boolean begin(State end) {
        boolean isFirst = state.compareAndSet(State.HELD, end);
        if (isFirst) {
            timeout.cancel();
        }
        return isFirst;
    }
}
