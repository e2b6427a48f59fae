package io.github.camelsora.internal.ratelimit;

/** A call that waits at a gate. */
public final class PermitRequest implements Comparable<PermitRequest> {
    /** One that does not wait, say because its time at a gate has not come. */
    public static final PermitRequest NONE = new PermitRequest(null, "", 0, 0, () -> {});

    private final RateLimiter gate;
    private final String lane;
    private final long order;
    private final long sequence;
    private final Runnable call;
    private volatile Runnable deadline = () -> {};

    PermitRequest(RateLimiter gate, String lane, long order, long sequence, Runnable call) {
        this.gate = gate;
        this.lane = lane;
        this.order = order;
        this.sequence = sequence;
        this.call = call;
    }

    /**
     * Takes it away from its gate.
     *
     * @return true when it waited there; false when its call has begun, or it has left before
     */
    public boolean cancel() {
        return gate != null && gate.cancel(this);
    }

    /**
     * Tells whether it still waits for its turn.
     *
     * @return false when its call has begun, or it has left
     */
    public boolean isQueued() {
        return gate != null && gate.isQueued(this);
    }

    String lane() {
        return lane;
    }

    Runnable call() {
        return call;
    }

    /** Has it end at a time; the way to take that back comes a moment after it has begun to wait. */
    void endsBy(Runnable takeBack) {
        deadline = takeBack;
    }

    void forgetDeadline() {
        deadline.run();
    }

    @Override
    public int compareTo(PermitRequest other) {
        int byOrder = Long.compare(order, other.order);
        return byOrder != 0 ? byOrder : Long.compare(sequence, other.sequence);
    }
}
