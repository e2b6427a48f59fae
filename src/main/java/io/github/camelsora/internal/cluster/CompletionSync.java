package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.TaskEntries;
import io.github.camelsora.internal.track.TaskEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds completions of this node's tasks that another node has recorded: a webhook reaches one node, and mostly not the one
 * whose exchange waits. It costs one query of the ledger a second for each account, and no call to the service.
 */
public final class CompletionSync {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionSync.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A completion is dated before it is committed, and the clocks of nodes differ slightly. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final TaskLedger ledger;
    private final String node;
    private final TaskEntries entries;
    private final PollScheduler polls;
    private final TimerQueue timers;
    private final Executor executor;
    private Instant lastSync;
    private volatile boolean isStopped;

    /**
     * Creates it, not started.
     *
     * @param ledger the ledger
     * @param lease this node's lease
     * @param entries the tasks in memory of this JVM
     * @param polls follows the completed tasks to their results
     * @param timers starts each synchronization
     * @param executor where queries run: a thread that may wait for the ledger
     */
    public CompletionSync(
            TaskLedger ledger,
            NodeLease lease,
            TaskEntries entries,
            PollScheduler polls,
            TimerQueue timers,
            Executor executor) {
        this.ledger = ledger;
        this.node = lease.node();
        this.entries = entries;
        this.polls = polls;
        this.timers = timers;
        this.executor = executor;
        this.lastSync = ledger.now();
    }

    /** Starts to synchronize once a second. A ledger in memory has several nodes, too: the components of one context. */
    public void start() {
        scheduleNext();
    }

    private void scheduleNext() {
        timers.schedule(ledger.now().plus(INTERVAL), this::submit);
    }

    private void submit() {
        if (isStopped) {
            return;
        }
        try {
            executor.execute(this::syncSafely);
        } catch (RejectedExecutionException e) {
            // The component stops, or a pool with a bounded queue is full.
            LOG.debug("Completions of other nodes cannot be read now; trying again in {} s", INTERVAL.toSeconds(), e);
            scheduleNextUnlessStopped();
        }
    }

    private void syncSafely() {
        try {
            sync();
        } catch (Throwable e) {
            LOG.debug("Completions of other nodes could not be read; trying again in {} s", INTERVAL.toSeconds(), e);
        } finally {
            Retry.untilDone(this::scheduleNextUnlessStopped);
        }
    }

    private void scheduleNextUnlessStopped() {
        if (!isStopped) {
            scheduleNext();
        }
    }

    private void sync() {
        Instant now = ledger.now();
        for (String account : entries.accounts()) {
            List<TaskRecord> ended = ledger.findEnded(account, node, lastSync.minus(OVERLAP));
            ended.forEach(this::completedOrWarn);
        }
        // Only after all accounts were read, so that no completion is skipped while the ledger is unavailable.
        lastSync = now;
    }

    private void completedOrWarn(TaskRecord ended) {
        try (TaskScope scope = TaskScope.of(ended)) {
            completedOrWarnInScope(ended);
        }
    }

    private void completedOrWarnInScope(TaskRecord ended) {
        try {
            completed(ended);
        } catch (RuntimeException e) {
            // The others must not wait for this one. It is read again for as long as rounds overlap.
            LOG.warn(
                    "Task {} (key {}) ended, as another node has recorded, and its waiters here could not be completed; this is"
                            + " repeated for {} s, and polls see the result, too",
                    ended.taskId(),
                    ended.key(),
                    OVERLAP.toSeconds(),
                    e);
        }
    }

    /** Which source the other node has seen it by is not in the ledger. */
    public void completed(TaskRecord ended) {
        TaskEntry task = entries.find(TaskKey.of(ended)).orElse(null);
        if (task != null && task.isCompletionAwaited()) {
            LOG.info("Task {} (key {}) ended, as another node has seen", ended.taskId(), ended.key());
            polls.follow(ended, task.service());
        }
    }

    /** Stops it. */
    public void stop() {
        isStopped = true;
    }
}
