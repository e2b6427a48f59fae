package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one exchange holds of one task, from before its submit until the exchange is done. While it is held, the task is not
 * delivered to anybody else; it ends exactly once. What is done with a claim that has ended changes nothing, so an exchange
 * that completes after its claim has timed out cannot touch a record that another claim, here or on another node, holds since.
 */
public final class TaskClaim {
    private static final Logger LOG = LoggerFactory.getLogger(TaskClaim.class);

    private final TaskTracker tracker;
    final TaskEntry task;
    private volatile WaitHandle wait;
    /** What was taken without a wait; null when it waits. */
    private volatile TaskRecord taken;

    private volatile TimerQueue.Timer timeout = TimerQueue.NONE;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    private enum State {
        HELD,
        ENDED,
        TIMED_OUT
    }

    TaskClaim(TaskTracker tracker, TaskEntry task) {
        this.tracker = tracker;
        this.task = task;
    }

    /**
     * The task that is claimed.
     *
     * @return who pays, and the key
     */
    public TaskKey ref() {
        return task.key;
    }

    /**
     * Waits without a thread. The waiter is called on the route pool, at once when the goal is reached already.
     *
     * @param goal what to wait for
     * @param timeout how long to wait from the acceptance of the task, or from now when it is accepted already
     * @param waiter who waits
     */
    public void await(TaskWaiter.Goal goal, Duration timeout, TaskWaiter waiter) {
        tracker.await(this, goal, timeout, waiter);
    }

    void waitsBy(WaitHandle newWait) {
        wait = newWait;
    }

    void took(TaskRecord record) {
        taken = record;
    }

    /** Ends the wait of this claim, if it lasts, because its route stops. */
    public void park() {
        if (wait != null) {
            tracker.park(task, wait);
        }
    }

    /**
     * The exchange was handed the result, or the reason why its wait has ended: from now on it has so long to complete. An
     * exchange that is discarded on its way never completes, and nothing reports that.
     *
     * @param time how long; zero for ever
     * @param onTimeout what happens then; it may wait for the ledger
     */
    public void limit(Duration time, Runnable onTimeout) {
        if (time.isZero()) {
            return;
        }
        timeout.cancel();
        timeout = tracker.later(time, onTimeout);
        if (isOver()) {
            timeout.cancel();
        }
    }

    /**
     * Tells whether it has ended.
     *
     * @return true when what is done with it changes nothing any more
     */
    public boolean isOver() {
        return state.get() != State.HELD;
    }

    /**
     * The exchange has not completed in time, so others may have what there is to deliver.
     *
     * @return true when that has ended the last claim here; false also when the exchange has completed meanwhile
     */
    public boolean timeOut() {
        return begin(State.TIMED_OUT) && tracker.release(task, released());
    }

    /** The same, with another end; true when the exchange has not completed meanwhile. */
    public boolean timeOut(TaskEvent end) {
        boolean isEnd = begin(State.TIMED_OUT);
        if (isEnd) {
            tracker.release(task, end);
        }
        return isEnd;
    }

    /** The result was taken: the task is delivered. */
    public void delivered() {
        // What it was handed, and not what stands by now: an operator may have had the key paid for again.
        end(
                taken != null
                        ? new TaskEvent.Delivered(taken.taskId(), taken.isResultMissing())
                        : new TaskEvent.Delivered(wait.reachedId(), wait.isWithoutAddress()));
    }

    /** The route was told that the submit is lost; if it turns up later, it is delivered as what it is. */
    public void told() {
        end(new TaskEvent.LossReported());
    }

    /** What there is to deliver was not taken, or there is none yet: when nobody else here holds a claim, others may. */
    public void giveBack() {
        end(released());
    }

    private TaskEvent released() {
        return new TaskEvent.ClaimReleased(task.service.timeouts().recovery());
    }

    /** Ends it, and says so when it comes too late; true when this was its end. */
    public boolean end(TaskEvent end) {
        if (begin(State.ENDED)) {
            tracker.release(task, end);
            return true;
        }
        if (state.get() == State.TIMED_OUT && task.taskId != null) {
            LOG.warn(
                    "An exchange that held task {} (key {}) has completed after claimTimeout. That changes nothing in the"
                            + " ledger: the task was released to sora:tasks, so its result may be delivered twice",
                    task.taskId,
                    task.key.key());
        }
        return false;
    }

    private boolean begin(State end) {
        boolean isFirst = state.compareAndSet(State.HELD, end);
        if (isFirst) {
            timeout.cancel();
        }
        return isFirst;
    }
}
