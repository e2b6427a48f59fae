package io.github.camelsora.internal.track;

import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.trace.TaskScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Finds out, after the lease of this node had run out, which of its tasks other nodes have taken over. */
public final class LeaseLossHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLossHandler.class);

    private final TaskEntries entries;
    private final LedgerWriter writer;
    private final NodeLease lease;
    /** How many times in a row not all tasks could be confirmed. */
    private int failedRuns;

    public LeaseLossHandler(TaskEntries entries, LedgerWriter writer, NodeLease lease) {
        this.entries = entries;
        this.writer = writer;
        this.lease = lease;
    }

    /**
     * Confirms in the ledger each task that is not confirmed since the loss; the waits for one that was taken over fail, the
     * others are followed on.
     *
     * @param inBetween what must be done in time, however many tasks there are; what it throws ends the confirmation
     * @return false when a task could not be confirmed, so that this has to be repeated
     */
    public boolean onLeaseLost(Runnable inBetween) {
        int unconfirmed = 0;
        TaskEntry first = null;
        RuntimeException reason = null;
        for (TaskEntry task : entries.all()) {
            inBetween.run();
            try (TaskScope scope = TaskScope.of(task.key().key(), task.record())) {
                failWaitsIfTakenOver(task);
            } catch (RuntimeException e) {
                if (unconfirmed++ == 0) {
                    first = task;
                    reason = e;
                }
            }
        }
        failedRuns = unconfirmed == 0 ? 0 : failedRuns + 1;
        if (unconfirmed > 0) {
            warn(unconfirmed, first, reason);
        }
        return unconfirmed == 0;
    }

    private void warn(int unconfirmed, TaskEntry first, RuntimeException reason) {
        LOG.atLevel(Retry.isReported(failedRuns) ? Level.WARN : Level.DEBUG)
                .setCause(reason)
                .log(
                        "The ledger could not confirm that {} tasks were not taken over while this node had no lease; asking"
                                + " again with the next housekeeping. Nothing is paid again. The first of them is task {} (key {})",
                        unconfirmed,
                        first.taskId(),
                        first.key().key());
    }

    private void failWaitsIfTakenOver(TaskEntry task) {
        if (isTakenOver(task)) {
            LOG.warn(
                    "Task {} (key {}) was taken over by another node while this one had no lease; the other node delivers"
                            + " its result",
                    task.taskId(),
                    task.key().key());
            task.failWaits(wait -> WaitExceptions.takenOver(task.lastSeen()));
        }
    }

    private boolean isTakenOver(TaskEntry task) {
        synchronized (task) {
            boolean isConfirmed = lease.isSameEpoch(task.claimEpoch());
            if (task.isRetired() || task.result() != null || isConfirmed) {
                return false;
            }
            String wireKey = task.record() == null ? null : task.record().wireKey();
            boolean isOurs = writer.apply(task.key(), new TaskEvent.OwnershipConfirmed(wireKey))
                    .isChanged();
            if (isOurs) {
                task.confirmClaims(lease.epoch());
            }
            // Without an id its submit or its search is under way, and the outcome of that shows which node has it.
            boolean isTakenOver = !isOurs && task.taskId() != null;
            if (isTakenOver) {
                task.stopPolling();
                entries.retireWhenDone(task);
            }
            return isTakenOver;
        }
    }
}
