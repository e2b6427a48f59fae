package io.github.camelsora.internal.track;

import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, after the lease of this node had run out, which of its tasks other nodes have taken over. */
public final class LeaseLossHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLossHandler.class);

    private final TaskEntries entries;
    private final LedgerWriter writer;
    private final NodeLease lease;

    public LeaseLossHandler(TaskEntries entries, LedgerWriter writer, NodeLease lease) {
        this.entries = entries;
        this.writer = writer;
        this.lease = lease;
    }

    /**
     * Confirms each task in the ledger; the waits for one that was taken over fail, the others are followed on.
     *
     * @param inBetween what must be done in time, however many tasks there are; what it throws ends the confirmation
     * @return false when a task could not be confirmed, so that this has to be repeated
     */
    public boolean onLeaseLost(Runnable inBetween) {
        boolean areAllConfirmed = true;
        for (TaskEntry task : entries.all()) {
            inBetween.run();
            try {
                failWaitsIfTakenOver(task);
            } catch (RuntimeException e) {
                areAllConfirmed = false;
                LOG.warn(
                        "The ledger could not confirm that task {} (key {}) was not taken over while this node had no lease;"
                                + " asking again with the next housekeeping. Nothing is paid again",
                        task.taskId(),
                        task.key().key(),
                        e);
            }
        }
        return areAllConfirmed;
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
            if (task.isRetired() || task.result() != null) {
                return false;
            }
            boolean isOurs =
                    writer.apply(task.key(), new TaskEvent.OwnershipConfirmed()).isChanged();
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
