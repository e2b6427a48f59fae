package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor that repeats what a thread pool rejects, because the pool is full or the system has no thread left. An action
 * that ends with an {@link Error} is run again, so each action must allow being run twice.
 */
public final class RetryingExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingExecutor.class);
    private static final Duration AFTER_REJECTION = Duration.ofSeconds(1);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

    private final Supplier<Instant> clock;
    private final TimerQueue timers;
    private final Executor pool;

    /**
     * Creates it.
     *
     * @param clock the clock of the timers
     * @param timers schedules retries
     * @param pool runs the actions
     */
    public RetryingExecutor(Supplier<Instant> clock, TimerQueue timers, Executor pool) {
        this.clock = clock;
        this.timers = timers;
        this.pool = pool;
    }

    @Override
    public void execute(Runnable action) {
        try {
            pool.execute(() -> run(action));
        } catch (Throwable e) {
            // Rejected, or the system has no thread left: the action has not run.
            executeAfter(AFTER_REJECTION, action);
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (Error e) {
            executeAfter(AFTER_ERROR, action);
            LOG.error("An action ended with an error and is run again", e);
        }
    }

    /**
     * Runs an action after a pause.
     *
     * @return its timer, by which it can be cancelled
     */
    public TimerQueue.Timer executeAfter(Duration pause, Runnable action) {
        return timers.schedule(clock.get().plus(pause), () -> execute(action));
    }
}
