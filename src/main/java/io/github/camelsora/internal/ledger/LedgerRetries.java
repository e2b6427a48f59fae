package io.github.camelsora.internal.ledger;

import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.trace.TaskScope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Repeats writes that have failed, until they succeed. Only this node knows what is to be written: such writes are in memory
 * only.
 */
public final class LedgerRetries {
    /** How long until the next attempt. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerRetries.class);

    private final RetryingExecutor executor;

    /**
     * Creates it, without writes to repeat.
     *
     * @param executor where writes are run
     */
    public LedgerRetries(RetryingExecutor executor) {
        this.executor = executor;
    }

    /**
     * Runs a write after {@link #PAUSE}, and again after each failure.
     *
     * @param what what is written, for the log, say {@code the id of task video_1 (key order-1)}
     * @param write the write; it may be repeated after it has succeeded, if the ledger did not say so
     */
    public void retry(String what, Runnable write) {
        retry(what, write, 1);
    }

    private void retry(String what, Runnable write, int attempt) {
        executor.executeAfter(PAUSE, TaskScope.inherited(() -> writeOrRetry(what, write, attempt)));
    }

    private void writeOrRetry(String what, Runnable write, int attempt) {
        try {
            write.run();
        } catch (RuntimeException e) {
            LOG.atLevel(Retry.isReported(attempt) ? Level.WARN : Level.DEBUG)
                    .setCause(e)
                    .log("Still could not record {}; retrying every {} s", what, PAUSE.toSeconds());
            retry(what, write, attempt + 1);
        }
    }
}
