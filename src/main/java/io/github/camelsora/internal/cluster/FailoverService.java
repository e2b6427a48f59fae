package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what nobody looks after: by a crash, by a stop, or because a node was away for longer than its lease. Open
 * tasks are followed from here, lost submits are looked for, ended tasks wait for a taker again.
 */
final class FailoverService {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverService.class);

    /** So many at a time as are read at once. */
    static final int BATCH = 5_000;

    /** So many of them as are written at once. */
    private static final int STEP = 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final String node;
    private final TaskTracker tracker;
    private final LostSubmitRecovery recovery;
    private final DeliveryNotifier notifier;

    FailoverService(
            TaskLedger ledger,
            String node,
            TaskTracker tracker,
            LostSubmitRecovery recovery,
            DeliveryNotifier notifier) {
        this.ledger = ledger;
        this.writer = new LedgerWriter(ledger, node);
        this.node = node;
        this.tracker = tracker;
        this.recovery = recovery;
        this.notifier = notifier;
    }

    /**
     * Takes over some of what is abandoned, until a time at which the lease has to be renewed: a ledger may be slow.
     *
     * @return true when there may be more
     */
    boolean takeOverExpired(ServiceProfile service, Instant until) {
        List<TaskRecord> abandoned = ledger.findAbandoned(service.account(), service.baseUrl(), BATCH);
        boolean isAnyTaken = false;
        for (int from = 0; from < abandoned.size(); from += STEP) {
            if (isAnyTaken && ledger.now().isAfter(until)) {
                return true;
            }
            isAnyTaken |= adopt(abandoned.subList(from, Math.min(from + STEP, abandoned.size())), service);
        }
        return isAnyTaken && abandoned.size() == BATCH;
    }

    /**
     * Looks after what this node owns and does not look after. That is what the ledger has written without being able to say
     * so: whoever asked for it took it for not done.
     */
    void reconcileOwned(ServiceProfile service) {
        ledger.findOwned(service.account(), node).stream()
                .filter(record ->
                        record.state() == TaskState.ENDED || record.baseUrl().equals(service.baseUrl()))
                .filter(record -> !isLookedAfter(record, service))
                .forEach(record -> {
                    LOG.warn("Task {} (key {}) is ours, and was not looked after", record.taskId(), record.key());
                    adopt(List.of(record), service);
                });
    }

    private boolean isLookedAfter(TaskRecord record, ServiceProfile service) {
        TaskKey key = TaskKey.of(record);
        // One that waits for its turn to be sent is in memory elsewhere, and not for longer than this.
        Instant sentUntil =
                record.times().createdAt().plus(service.timeouts().submit()).plus(PATIENCE);
        return tracker.isLookedAfter(key)
                || recovery.isSearching(key)
                || record.state() == TaskState.INTENT && ledger.now().isBefore(sentUntil);
    }

    private boolean adopt(List<TaskRecord> found, ServiceProfile service) {
        TaskEvent event = new TaskEvent.OwnerLeaseExpired(
                service.timeouts().trackUntil(ledger.now()), service.timeouts().recovery());
        List<Change> taken = writer.applyToAll(found, event);
        for (Change change : taken) {
            TaskRecord left = change.before();
            LOG.info(
                    "Task {} (key {}), {}, was left by node {} and is taken over",
                    left.taskId(),
                    left.key(),
                    left.state(),
                    left.owner());
            goOn(change.required(), service);
        }
        return !taken.isEmpty();
    }

    private void goOn(TaskRecord taken, ServiceProfile service) {
        switch (taken.state()) {
            case RUNNING -> tracker.adoptWritten(taken, service);
            case UNKNOWN -> recovery.search(taken, service, "the JVM that submitted it has ended");
            default -> notifier.notifySubscribers(taken);
        }
    }
}
