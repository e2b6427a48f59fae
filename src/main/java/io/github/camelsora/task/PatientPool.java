package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A pool that somebody has bounded, and that may be full for the moment: what it does not take it is given again. */
final class PatientPool implements Executor {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final Ticker ticker;
    private final Executor pool;

    PatientPool(TaskLedger ledger, Ticker ticker, Executor pool) {
        this.ledger = ledger;
        this.ticker = ticker;
        this.pool = pool;
    }

    @Override
    public void execute(Runnable action) {
        try {
            pool.execute(action);
        } catch (RejectedExecutionException e) {
            executeAfter(PAUSE, action);
        }
    }

    /** Has an action run after a pause. */
    Ticker.Due executeAfter(Duration pause, Runnable action) {
        return ticker.at(ledger.now().plus(pause), () -> execute(action));
    }
}
