package io.github.camelsora.task;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one exchange holds of one task, from before its submit until the exchange is done. While it is held, the task is not
 * delivered to anybody else; it ends exactly once, in {@link #delivered} or {@link #giveBack}.
 */
public final class TaskClaim {
    private final TaskTracker tracker;
    final TrackedTask task;
    private volatile TaskWait wait;
    private final AtomicBoolean isOver = new AtomicBoolean();

    TaskClaim(TaskTracker tracker, TrackedTask task) {
        this.tracker = tracker;
        this.task = task;
    }

    /**
     * The task that is claimed.
     *
     * @return who pays, and the key
     */
    public TaskRef ref() {
        return task.ref;
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

    void waitsBy(TaskWait newWait) {
        wait = newWait;
    }

    /** Ends the wait of this claim, if it lasts, because its route stops. */
    public void park() {
        if (wait != null) {
            tracker.park(task, wait);
        }
    }

    /** The verdict was taken: the task is delivered. */
    public void delivered() {
        if (isOver.compareAndSet(false, true)) {
            tracker.release(task, true);
        }
    }

    /** The verdict was not taken, or there is none yet: when nobody else here holds a claim, others may deliver it. */
    public void giveBack() {
        if (isOver.compareAndSet(false, true)) {
            tracker.release(task, false);
        }
    }
}
