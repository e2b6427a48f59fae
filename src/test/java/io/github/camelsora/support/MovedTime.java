package io.github.camelsora.support;

import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A clock, its timers and a pool, all of which go on only when a test says so. */
public final class MovedTime implements InstantSource, Executor {
    private static final Duration STEP = Duration.ofMillis(1);

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue(this);
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public TimerQueue timers() {
        return timers;
    }

    @Override
    public void execute(Runnable action) {
        pool.add(action);
    }

    /** How many actions wait to be run. */
    public int queuedActions() {
        return pool.size();
    }

    /** Runs the actions of the pool, and those that they add. */
    public void work() {
        for (Runnable action = pool.poll(); action != null; action = pool.poll()) {
            action.run();
        }
    }

    /** Lets time pass, in steps as fine as timers are. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        work();
        while (now.isBefore(end)) {
            now = now.plus(STEP).isBefore(end) ? now.plus(STEP) : end;
            timers.runDue();
            work();
        }
    }

    public RateLimiters rateLimiters() {
        return new RateLimiters(this, timers, this, size -> {}, null);
    }
}
