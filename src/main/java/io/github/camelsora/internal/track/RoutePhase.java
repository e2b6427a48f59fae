package io.github.camelsora.internal.track;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the routes run, are suspended, or stop. This is the only place that says so: all that lets a submit or a wait begin reads
 * it. A suspension can be resumed, a stop is final.
 */
public final class RoutePhase {
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

    enum Phase {
        /** Exchanges can wait, and submits are sent. */
        RUNNING,
        /** Waits end at once, and nothing is submitted; tasks are followed. */
        SUSPENDED,
        /** The same, and tasks are no longer followed. */
        STOPPED
    }

    /** The phase now. What depends on it more than once reads it once: it may be resumed in between. */
    Phase current() {
        return phase.get();
    }

    /** Tells whether the routes stop or are suspended, so that new waits end at once and nothing is submitted. */
    public boolean isSuspendedOrStopped() {
        return current() != Phase.RUNNING;
    }

    /** Tells whether the routes stop for good, so that tasks are no longer followed. */
    public boolean isStopped() {
        return current() == Phase.STOPPED;
    }

    /** The routes stop. */
    public void stop() {
        phase.set(Phase.STOPPED);
    }

    /**
     * The routes are suspended.
     *
     * @return false when they stop, so that nothing has changed
     */
    public boolean suspend() {
        return changeUnlessStopped(Phase.SUSPENDED);
    }

    /** The routes are resumed, unless they stop: exchanges can wait again, and submits are sent. */
    public void resume() {
        changeUnlessStopped(Phase.RUNNING);
    }

    private boolean changeUnlessStopped(Phase next) {
        return phase.updateAndGet(now -> now == Phase.STOPPED ? now : next) == next;
    }
}
