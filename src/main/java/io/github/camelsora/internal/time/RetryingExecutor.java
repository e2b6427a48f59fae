package io.github.camelsora.internal.time;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool that may be full for the moment, because a user has bounded it, or that can make no thread: what it does not take it
 * is given again. An action that dies of an error is run again, so it must bear to be run twice.
 */
public final class RetryingExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingExecutor.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final TimerQueue timers;
    private final Executor pool;

    public RetryingExecutor(TaskLedger ledger, TimerQueue timers, Executor pool) {
        this.ledger = ledger;
        this.timers = timers;
        this.pool = pool;
    }

    @Override
    public void execute(Runnable action) {
        try {
            pool.execute(() -> run(action));
        } catch (Throwable e) {
            // Rejected, or the system has no thread left. Either way it has not begun.
            executeAfter(PAUSE, action);
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (Error e) {
            executeAfter(TaskTracker.LEDGER_PAUSE, action);
            LOG.error("An action broke off and is run again", e);
        }
    }

    /** Has an action run after a pause. */
    public TimerQueue.Timer executeAfter(Duration pause, Runnable action) {
        return timers.schedule(ledger.now().plus(pause), () -> execute(action));
    }
}
