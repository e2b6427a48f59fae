package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The clock of a simulator, which decides when tasks end, when result URLs expire, and how many calls came in one second.
 * It runs with the machine's clock or stands still, and can be moved forward. Thread-safe. {@link #withZone} returns a
 * {@link java.time.Clock} that follows this one.
 */
public final class SimulatorClock implements InstantSource {

    private final Instant stoppedAt;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Duration moved = Duration.ZERO;

    private SimulatorClock(Instant stoppedAt) {
        this.stoppedAt = stoppedAt;
    }

    /** {@return a clock that runs with the machine's} */
    public static SimulatorClock real() {
        return new SimulatorClock(null);
    }

    /** {@return a clock that stands still at the present second until it is moved} */
    public static SimulatorClock stopped() {
        return stopped(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
    }

    /**
     * Makes a clock that stands still until it is moved.
     *
     * @param instant the instant at which it stands
     * @return the clock
     */
    public static SimulatorClock stopped(Instant instant) {
        return new SimulatorClock(instant);
    }

    /** {@return the present instant of the simulator} */
    @Override
    public synchronized Instant instant() {
        return (stoppedAt == null ? Instant.now() : stoppedAt).plus(moved);
    }

    /**
     * Moves this clock forward. A running clock continues from there.
     *
     * @param by how far, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The simulator's clock can only be moved forward, not by " + by);
        }
        synchronized (this) {
            moved = moved.plus(by);
        }
        // Outside the lock: a listener reads this clock while it holds a lock of its own.
        listeners.forEach(Runnable::run);
    }

    boolean isRunning() {
        return stoppedAt == null;
    }

    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    synchronized void reset() {
        moved = Duration.ZERO;
    }
}
