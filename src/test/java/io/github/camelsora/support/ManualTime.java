package io.github.camelsora.support;

import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A clock, its timers and an executor, which only a test moves. */
public final class ManualTime implements InstantSource, Executor {
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

    /** How many actions are queued. */
    public int queuedActions() {
        return pool.size();
    }

    /** Runs the queued actions, and those that they add. */
    public void runQueued() {
        for (Runnable action = pool.poll(); action != null; action = pool.poll()) {
            action.run();
        }
    }

    /** Advances the time, in steps as fine as those of timers. */
    public void advance(Duration time) {
        Instant end = now.plus(time);
        runQueued();
        while (now.isBefore(end)) {
            now = now.plus(STEP).isBefore(end) ? now.plus(STEP) : end;
            timers.runDue();
            runQueued();
        }
    }

    public RateLimiters rateLimiters() {
        return new RateLimiters(this, timers, this, size -> {}, null);
    }
}
