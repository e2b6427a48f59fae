package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the ledger, once a second for all tasks of an account, whether another node was told of the end of a task that
 * this one follows: a webhook reaches one node, and mostly not the one whose exchange waits. It costs a query, not a GET for
 * each task.
 */
public final class CompletionSync {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionSync.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** An end is dated before it is committed, and the clocks of nodes differ by a little. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final TaskLedger ledger;
    private final String node;
    private final TaskTracker tracker;
    private final TimerQueue timers;
    private final Executor own;
    private Instant lookedAt;
    private volatile boolean isStopped;

    /**
     * Creates a watch that does not look yet.
     *
     * @param ledger the ledger to look in
     * @param lease this node's lease in it
     * @param tracker who follows tasks
     * @param timers what waits
     * @param own where to look: a thread that may wait for the ledger
     */
    public CompletionSync(TaskLedger ledger, NodeLease lease, TaskTracker tracker, TimerQueue timers, Executor own) {
        this.ledger = ledger;
        this.node = lease.node();
        this.tracker = tracker;
        this.timers = timers;
        this.own = own;
        this.lookedAt = ledger.now();
    }

    /** Has it look again and again. A ledger in memory has several nodes, too: the components of one context. */
    public void start() {
        next();
    }

    private void next() {
        timers.schedule(ledger.now().plus(INTERVAL), this::inTurn);
    }

    private void inTurn() {
        if (isStopped) {
            return;
        }
        try {
            own.execute(this::look);
        } catch (RejectedExecutionException e) {
            // It stops, or a pool that a user has bounded is full.
            LOG.debug("Ends cannot be looked for now", e);
            nextUnlessStopped();
        }
    }

    private void look() {
        try {
            lookOnce();
        } catch (Throwable e) {
            LOG.debug("What other nodes have ended could not be looked for, will be tried again", e);
        } finally {
            Retry.untilDone(this::nextUnlessStopped);
        }
    }

    private void nextUnlessStopped() {
        if (!isStopped) {
            next();
        }
    }

    private void lookOnce() {
        Instant now = ledger.now();
        for (String account : tracker.followedAccounts()) {
            List<TaskRecord> ended = ledger.findEnded(account, node, lookedAt.minus(OVERLAP));
            ended.forEach(tracker::endedElsewhere);
        }
        // Only when all could be read, so that nothing is passed over that ended while the ledger was away.
        lookedAt = now;
    }

    /** Ends it. */
    public void stop() {
        isStopped = true;
    }
}
