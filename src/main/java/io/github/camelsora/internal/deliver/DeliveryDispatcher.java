package io.github.camelsora.internal.deliver;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskTracker;
import java.util.List;
import java.util.Optional;

/** Hands tasks that nobody waits for to routes, each to one taker at a time. */
public final class DeliveryDispatcher {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final NodeLease lease;
    private final TaskTracker tracker;
    private final LostSubmitRecovery recovery;

    /**
     * Creates a place to take tasks from.
     *
     * @param ledger the book of what may have cost money
     * @param lease this node's lease in it
     * @param tracker who follows tasks
     * @param recovery who looks for lost submits
     */
    public DeliveryDispatcher(TaskLedger ledger, NodeLease lease, TaskTracker tracker, LostSubmitRecovery recovery) {
        this.ledger = ledger;
        this.writer = new LedgerWriter(ledger, lease.node());
        this.lease = lease;
        this.tracker = tracker;
        this.recovery = recovery;
    }

    /**
     * Finds what waits for a taker. Others may see the same.
     *
     * @param account whose tasks
     * @param tag the tag that they must have; null for any, and for none
     * @param limit how many at most
     * @return the records, the longest due first
     */
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        // A node whose lease is over may have lost what it takes before it has it.
        return lease.isLasting() ? ledger.findDue(account, tag, limit) : List.of();
    }

    /**
     * Takes one of them, if nobody else has.
     *
     * @param found the record as it was found
     * @param service whom to ask for it
     * @return the delivery, which the taker ends; empty when another was faster
     */
    public Optional<Delivery> acquire(TaskRecord found, ServiceProfile service) {
        TaskKey key = TaskKey.of(found);
        long term = lease.epoch();
        TaskClaim claim = tracker.claim(key, service);
        Change change;
        try {
            change = writer.applyTo(found, new TaskEvent.DeliveryStarted());
        } catch (RuntimeException e) {
            // The ledger may have done it and not said so.
            claim.giveBack();
            throw e;
        }
        if (!change.isChanged()) {
            // It may have ended just now, and its end was left to the holder of this claim.
            claim.giveBack();
            return Optional.empty();
        }
        TaskRecord acquired = change.required();
        tracker.taken(claim, acquired);
        if (!lease.isSameEpoch(term)) {
            claim.giveBack();
            return Optional.empty();
        }
        if (acquired.state() == TaskState.UNKNOWN) {
            // Whoever tells of it looks for it from now on.
            recovery.search(acquired, service, "it was not found until now");
        }
        return Optional.of(new Delivery(acquired, claim, service.sendKey(), ledger::now));
    }
}
