package io.github.camelsora.task;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one exchange holds of one task, from before its submit until the exchange is done. While it is held, the task is not
 * delivered to anybody else; it ends exactly once.
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
        end(ClaimEnd.DELIVERED);
    }

    /** The route was told that the submit is lost; if it turns up later, it is delivered as what it is. */
    public void told() {
        end((steps, ended) -> {
            steps.tell(ended.ref);
            // It may have been found and have ended meanwhile.
            return tracker.giveBack(steps, ended);
        });
    }

    /** What there is to deliver was not taken, or there is none yet: when nobody else here holds a claim, others may. */
    public void giveBack() {
        end(tracker::giveBack);
    }

    /** The route has failed to take it; it may try again later. */
    void redeliver(int deliveries, Instant when) {
        end((steps, ended) -> steps.redeliver(ended.ref, ended.taskId, deliveries, when));
    }

    /** The route has failed to take it too often. */
    void setAside() {
        end((steps, ended) -> steps.setAsideUndelivered(ended.ref, ended.taskId));
    }

    private void end(ClaimEnd end) {
        if (isOver.compareAndSet(false, true)) {
            tracker.release(task, end);
        }
    }
}
