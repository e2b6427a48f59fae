package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.TaskRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the tasks of nodes whose lease has run out, by a crash, a stop or a long pause of the JVM. Running tasks are polled
 * by this node, lost submits are searched for, ended tasks wait for a delivery again.
 */
public final class FailoverService {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverService.class);

    /** How many records are read at once. */
    static final int READ_BATCH = 5_000;

    /** How many records are written at once. */
    private static final int WRITE_BATCH = 1_000;

    private static final Duration SUBMIT_GRACE = Duration.ofMinutes(5);

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final String node;
    private final TaskRegistry registry;
    private final PollScheduler polls;
    private final LostSubmitRecovery recovery;
    private final DeliveryNotifier notifier;

    public FailoverService(
            TaskLedger ledger,
            LedgerWriter writer,
            String node,
            TaskRegistry registry,
            PollScheduler polls,
            LostSubmitRecovery recovery,
            DeliveryNotifier notifier) {
        this.ledger = ledger;
        this.writer = writer;
        this.node = node;
        this.registry = registry;
        this.polls = polls;
        this.recovery = recovery;
        this.notifier = notifier;
    }

    /**
     * Takes over abandoned records, at most one batch.
     *
     * @param until when to return early because this node's lease has to be renewed: a ledger may be slow
     * @return true when there may be more abandoned records
     */
    boolean takeOverExpired(ServiceProfile service, Instant until) {
        List<TaskRecord> abandoned = ledger.findAbandoned(service.account(), service.baseUrl(), READ_BATCH);
        boolean isAnyTakenOver = false;
        for (int from = 0; from < abandoned.size(); from += WRITE_BATCH) {
            if (isAnyTakenOver && ledger.now().isAfter(until)) {
                return true;
            }
            isAnyTakenOver |=
                    takeOver(abandoned.subList(from, Math.min(from + WRITE_BATCH, abandoned.size())), service);
        }
        return isAnyTakenOver && abandoned.size() == READ_BATCH;
    }

    /**
     * Tracks tasks that this node owns in the ledger and does not track. That happens when a write succeeded but was reported as
     * failed, for instance because the connection broke after the commit.
     */
    void reconcileOwned(ServiceProfile service) {
        ledger.findOwned(service.account(), node).stream()
                .filter(record ->
                        record.state() == TaskState.ENDED || record.baseUrl().equals(service.baseUrl()))
                .filter(record -> !isTracked(record, service))
                .forEach(record -> trackAgainOrWarn(record, service));
    }

    private void trackAgainOrWarn(TaskRecord record, ServiceProfile service) {
        try (TaskScope scope = TaskScope.of(record)) {
            trackAgainOrWarnInScope(record, service);
        }
    }

    private void trackAgainOrWarnInScope(TaskRecord record, ServiceProfile service) {
        try {
            trackAgain(record, service);
        } catch (RuntimeException e) {
            // The others must not wait for this one.
            LOG.warn(
                    "Task {} (key {}) is owned by this node, but this JVM did not track it and could not take it up;"
                            + " retrying in {} min. Nothing is paid again",
                    record.taskId(),
                    record.key(),
                    Housekeeper.RECONCILE_INTERVAL.toMinutes(),
                    e);
        }
    }

    private void trackAgain(TaskRecord record, ServiceProfile service) {
        for (Change change : write(List.of(record), service)) {
            LOG.warn(
                    "Task {} (key {}), which is {}, is owned by this node, but this JVM did not track it. It is tracked from"
                            + " now on, and nothing is paid again",
                    record.taskId(),
                    record.key(),
                    record.state());
            resume(change.required(), service);
        }
    }

    private boolean isTracked(TaskRecord record, ServiceProfile service) {
        TaskKey key = TaskKey.of(record);
        // A submit that waits for its permit is known to the submit queue only, for submitTimeout at most.
        Instant queuedUntil =
                record.times().createdAt().plus(service.timeouts().submit()).plus(SUBMIT_GRACE);
        // Without a key there are no look-ups, by which a search would see that the record was given a task.
        boolean isSearched = recovery.isSearching(key) && (service.sendKey() || record.taskId() == null);
        return registry.isTracked(key)
                || isSearched
                || record.state() == TaskState.INTENT && ledger.now().isBefore(queuedUntil);
    }

    private boolean takeOver(List<TaskRecord> found, ServiceProfile service) {
        List<Change> changes = write(found, service);
        for (Change change : changes) {
            TaskRecord before = change.before();
            try (TaskScope scope = TaskScope.of(before)) {
                LOG.info(
                        "Took over task {} (key {}), which is {}; its owner was {}. Nothing is paid again",
                        before.taskId(),
                        before.key(),
                        before.state(),
                        before.owner());
                resume(change.required(), service);
            }
        }
        return !changes.isEmpty();
    }

    private List<Change> write(List<TaskRecord> found, ServiceProfile service) {
        TaskEvent event = new TaskEvent.TakenOver(
                service.timeouts().trackUntil(ledger.now()), service.timeouts().recovery());
        return writer.applyToAll(found, event);
    }

    private void resume(TaskRecord record, ServiceProfile service) {
        switch (record.state()) {
            case RUNNING -> polls.followWritten(record, service);
            case UNKNOWN -> recovery.search(record, service, "the JVM that submitted it has ended");
            default -> notifier.notifySubscribers(record);
        }
    }
}
