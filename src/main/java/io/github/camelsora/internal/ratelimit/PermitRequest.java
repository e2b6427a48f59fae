package io.github.camelsora.internal.ratelimit;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.internal.time.TimerQueue;

/** A call that was queued at a {@link RateLimiter}. */
public final class PermitRequest implements Comparable<PermitRequest> {
    /** The request of a call that is not queued yet. */
    public static final PermitRequest NONE = new PermitRequest(null, "", 0, 0, () -> {});

    private final PermitDispatcher dispatcher;
    private final Object lane;
    private final int priority;
    private final long order;
    private final long sequence;
    private final Runnable call;
    private volatile TimerQueue.Timer timeout = TimerQueue.NONE;

    /** A request of normal priority. */
    PermitRequest(PermitDispatcher dispatcher, Object lane, long order, long sequence, Runnable call) {
        this(dispatcher, lane, TaskOrigin.NORMAL_PRIORITY, order, sequence, call);
    }

    PermitRequest(PermitDispatcher dispatcher, Object lane, int priority, long order, long sequence, Runnable call) {
        this.dispatcher = dispatcher;
        this.lane = lane;
        this.priority = priority;
        this.order = order;
        this.sequence = sequence;
        this.call = call;
    }

    /**
     * Removes the call from the queue.
     *
     * @return true when it was queued; false when it has started, timed out or was cancelled before
     */
    public boolean cancel() {
        return dispatcher != null && dispatcher.cancel(this);
    }

    /**
     * Tells whether the call waits for its permit.
     *
     * @return false when it has started, timed out or was cancelled
     */
    public boolean isQueued() {
        return dispatcher != null && dispatcher.isQueued(this);
    }

    Object lane() {
        return lane;
    }

    int priority() {
        return priority;
    }

    Runnable call() {
        return call;
    }

    void setTimeout(TimerQueue.Timer timer) {
        timeout = timer;
    }

    void cancelTimeout() {
        timeout.cancel();
    }

    @Override
    public int compareTo(PermitRequest other) {
        int byOrder = Long.compare(order, other.order);
        return byOrder != 0 ? byOrder : Long.compare(sequence, other.sequence);
    }
}
