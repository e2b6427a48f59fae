package io.github.camelsora.internal.ledger;

import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.RetryingExecutor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Repeats writes that have failed, until they succeed. While this node lives no other one knows what is to be written. Such
 * writes are in memory only.
 */
public final class LedgerRetryQueue {
    /** How long until the next attempt. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerRetryQueue.class);

    private final RetryingExecutor executor;

    /**
     * Creates an empty queue.
     *
     * @param executor where writes are run
     */
    public LedgerRetryQueue(RetryingExecutor executor) {
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
        executor.executeAfter(PAUSE, () -> {
            try {
                write.run();
            } catch (RuntimeException e) {
                LOG.atLevel(Retry.isReported(attempt) ? Level.WARN : Level.DEBUG)
                        .setCause(e)
                        .log("Still could not record {}; retrying every {} s", what, PAUSE.toSeconds());
                retry(what, write, attempt + 1);
            }
        });
    }
}
