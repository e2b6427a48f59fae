package io.github.camelsora.internal.deliver;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskRegistry;
import java.util.List;
import java.util.Optional;

/** Finds tasks that are due for delivery, and acquires them for {@code sora:tasks} exchanges, each for one at a time. */
public final class DeliveryDispatcher {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final NodeLease lease;
    private final TaskRegistry registry;
    private final LostSubmitRecovery recovery;
    private final Meters meters;

    public DeliveryDispatcher(
            TaskLedger ledger,
            LedgerWriter writer,
            NodeLease lease,
            TaskRegistry registry,
            LostSubmitRecovery recovery,
            Meters meters) {
        this.ledger = ledger;
        this.writer = writer;
        this.lease = lease;
        this.registry = registry;
        this.recovery = recovery;
        this.meters = meters;
    }

    /**
     * Finds records that are due for delivery. Other consumers may find the same.
     *
     * @param account the account of the tasks
     * @param tag the tag that they must have; null for any, and for none
     * @param limit how many at most
     * @return the records, those first whose videos expire first
     */
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        // Without a lease, another node may take over what this one acquires.
        return lease.isLasting() ? ledger.findDue(account, tag, limit) : List.of();
    }

    /**
     * Acquires one of them, unless another consumer has.
     *
     * @param found the record as it was found
     * @param service the service that is queried for it
     * @return the delivery, which the consumer ends; empty when another one was faster
     */
    public Optional<Delivery> acquire(TaskRecord found, ServiceProfile service) {
        try (TaskScope scope = TaskScope.of(found)) {
            return acquireInScope(found, service);
        }
    }

    private Optional<Delivery> acquireInScope(TaskRecord found, ServiceProfile service) {
        TaskKey key = TaskKey.of(found);
        long epoch = lease.epoch();
        TaskClaim claim = registry.claim(key, service);
        Change change;
        try {
            change = writer.applyTo(found, new TaskEvent.DeliveryStarted());
        } catch (RuntimeException e) {
            // The ledger may have written it and not confirmed that.
            claim.release();
            throw e;
        }
        if (!change.isChanged()) {
            // A completion may have come in between, and was left to this claim.
            claim.release();
            return Optional.empty();
        }
        TaskRecord acquired = change.required();
        claim.acquire(acquired);
        if (!lease.isSameEpoch(epoch)) {
            claim.release();
            return Optional.empty();
        }
        if (acquired.state() == TaskState.UNKNOWN) {
            // The node that reports the loss goes on with the search.
            recovery.search(acquired, service, "it was not found until now");
        }
        return Optional.of(new Delivery(acquired, claim, service.sendKey(), ledger::now, meters));
    }
}
