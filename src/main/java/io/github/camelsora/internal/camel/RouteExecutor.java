package io.github.camelsora.internal.camel;

import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Runs the continuation of routes after a wait. No exchange is ever dropped: a continuation that the pool rejects, because it is
 * bounded or the system has no thread left, is submitted again after one second; once the pool has stopped, it runs on the
 * calling thread.
 */
public final class RouteExecutor implements Executor {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ExecutorService pool;
    private final TimerQueue timers;
    private final InstantSource clock;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    public RouteExecutor(ExecutorService pool, TimerQueue timers, InstantSource clock) {
        this.pool = pool;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public void execute(Runnable step) {
        try {
            pool.execute(step);
        } catch (Throwable e) {
            if (pool.isShutdown()) {
                step.run();
            } else {
                executeLater(step);
            }
        }
    }

    private void executeLater(Runnable step) {
        try {
            waiting.add(step);
        } catch (Throwable e) {
            // Out of memory even for that: run it here.
            step.run();
            return;
        }
        try {
            timers.schedule(clock.instant().plus(PAUSE), () -> executeWaiting(step));
        } catch (Throwable e) {
            // Out of memory for a timer: run it here.
            executeHere(step);
        }
        if (pool.isShutdown()) {
            // The stop may have run before this one was added.
            executeHere(step);
        }
    }

    private void executeWaiting(Runnable step) {
        if (waiting.remove(step)) {
            execute(step);
        }
    }

    private void executeHere(Runnable step) {
        if (waiting.remove(step)) {
            step.run();
        }
    }

    /** Runs what still waits for the pool, after pool and timers have stopped. */
    public void stop() {
        waiting.forEach(this::executeHere);
    }
}
