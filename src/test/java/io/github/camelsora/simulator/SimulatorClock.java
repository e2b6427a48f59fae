package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time by which the simulator lives: how far a task is, when a result URL dies, how many calls came in one second.
 * It runs with the machine's clock or stands still, and either can be moved forward. Thread-safe. Where a
 * {@link java.time.Clock} is wanted, {@link #withZone} makes one that follows this.
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

    /** {@return a clock that stands at the present second until it is moved} */
    public static SimulatorClock stopped() {
        return stopped(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
    }

    /**
     * Makes a clock that stands still until it is moved.
     *
     * @param instant where it stands
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
     * Moves this clock forward. A clock that runs goes on running from there.
     *
     * @param by how far; not negative, because the simulator's time never goes back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The simulator's clock only moves forward, not by " + by);
        }
        synchronized (this) {
            moved = moved.plus(by);
        }
        // Outside the lock: who listens asks for the time while it holds a lock of its own.
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
