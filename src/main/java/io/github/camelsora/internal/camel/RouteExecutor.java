package io.github.camelsora.internal.camel;

import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Where routes go on after a wait. No exchange is left hanging: what the pool does not take, because a user has bounded it or
 * because the system has no thread left, it is given again; after the pool has stopped, routes go on where they are.
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
            // No memory even for that, so that nothing else would find it.
            step.run();
            return;
        }
        try {
            timers.schedule(clock.instant().plus(PAUSE), () -> executeWaiting(step));
        } catch (Throwable e) {
            // No memory for an entry in the timer, so the route goes on here.
            executeHere(step);
        }
        if (pool.isShutdown()) {
            // The stop may have come before this one waited.
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

    /** Lets go on what still waits for the pool, after pool and timer have stopped. */
    public void stop() {
        waiting.forEach(this::executeHere);
    }
}
