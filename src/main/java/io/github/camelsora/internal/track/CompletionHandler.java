package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.RecordNotFoundException;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskEvent.ClaimHere;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.learned.ExpectedEnds;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.toapis.TaskReader;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every completion goes through here, whether a poll, a webhook, a status call, another node or the recovery has seen it: the
 * first one is written to the ledger, then waiters are completed and consumers notified. Later ones change nothing.
 */
public final class CompletionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionHandler.class);

    private final TaskEntries entries;
    private final LedgerWriter writer;
    private final NodeLease lease;
    private final DeliveryNotifier notifier;
    private final TaskListener listener;
    private final ExpectedEnds expectedEnds;
    private final WebhookReliability.ByAccount webhooks;

    public CompletionHandler(
            TaskEntries entries,
            LedgerWriter writer,
            NodeLease lease,
            DeliveryNotifier notifier,
            TaskListener listener,
            ExpectedEnds expectedEnds,
            WebhookReliability.ByAccount webhooks) {
        this.entries = entries;
        this.writer = writer;
        this.lease = lease;
        this.notifier = notifier;
        this.listener = listener;
        this.expectedEnds = expectedEnds;
        this.webhooks = webhooks;
    }

    /**
     * A route has queried a task of the ledger.
     *
     * @return the task as the route is shown it, with the names that the ledger has for it
     */
    public VideoTask statusSeen(TaskRecord record, VideoTask seen) {
        VideoTask named = seen.namedBy(record);
        VideoTask shown = record.isResultMissing() ? TaskReader.resultMissing(named) : TaskReader.asRunning(named);
        try {
            seen(record, named, CompletionSource.STATUS_CALL);
        } catch (RuntimeException e) {
            // The route gets its answer all the same.
            LOG.warn(
                    "Task {} (key {}) is {}, which could not be written to the ledger; the next poll sees it again",
                    record.taskId(),
                    record.key(),
                    seen.status(),
                    e);
        }
        return shown;
    }

    /**
     * A task of the ledger was seen. If it has ended, the ledger has the result when this returns.
     *
     * @param record its record
     * @param seen the task as the service describes it, with the names that the ledger has for it
     * @param source where it was seen
     * @throws RuntimeException if the ledger is unavailable
     */
    public void seen(TaskRecord record, VideoTask seen, CompletionSource source) {
        TaskKey key = TaskKey.of(record);
        if (TaskReader.isWithoutAddress(seen)) {
            // The polls of the task decide when that counts as its end.
            notifyListener(TaskReader.asRunning(seen), () -> PolledTask.of(record));
            return;
        }
        notifyListener(seen, () -> PolledTask.of(record));
        if (record.isResultMissing() && seen.status() == TaskStatus.COMPLETED) {
            addressFound(key, seen);
        } else if (seen.status().isTerminal() && record.result() == null) {
            TaskEntry task = entries.find(key).orElse(null);
            // The entry may be retired since it was found; then the result is written as that of a task without one.
            if (task == null || !completed(task, record, seen, source)) {
                notifier.notifySubscribers(write(key, record.taskId(), seen, ClaimHere.NONE));
                webhooks.of(key.account()).onCompleted(source);
            }
        }
    }

    private void addressFound(TaskKey key, VideoTask seen) {
        writer.apply(key, new TaskEvent.AddressFound(seen)).written().ifPresent(found -> {
            LOG.info(
                    "Task {} (key {}) had ended without an address of its video; the service has one now, and the task is"
                            + " delivered",
                    found.taskId(),
                    found.key());
            notifier.notifySubscribers(found);
        });
    }

    /**
     * A task that has an entry here has ended.
     *
     * @return false when its entry was retired, in which case nothing was written
     */
    public boolean completed(TaskEntry task, VideoTask seen, CompletionSource source) {
        return completed(task, task.record(), seen, source);
    }

    /** By the record that was read: the entry may have none yet, or be that of a later submit under the key. */
    private boolean completed(TaskEntry task, TaskRecord known, VideoTask seen, CompletionSource source) {
        TaskRecord record;
        boolean isTakenOver;
        List<WaitHandle> conflicting;
        List<WaitHandle> waits;
        synchronized (task) {
            if (task.result() != null || task.isRetired()) {
                return task.result() != null;
            }
            conflicting = task.conflictingWaits(known);
            // The exchanges of these waits hold claims, which are not on this task.
            boolean areAllConflicting =
                    !conflicting.isEmpty() && conflicting.size() == task.waits().size();
            ClaimHere claim = areAllConflicting ? ClaimHere.NONE : claimOf(task);
            record = write(task, known.taskId(), seen, claim);
            isTakenOver = claim == ClaimHere.UNCERTAIN && !lease.node().equals(record.owner());
            task.waits().removeAll(conflicting);
            waits = complete(task, record);
        }
        try {
            webhooks.of(record.account()).onCompleted(source);
            LOG.info(
                    "Task {} (key {}) ended as {}",
                    record.taskId(),
                    record.key(),
                    task.result().status());
        } finally {
            conflicting.forEach(wait -> wait.conflictWith(known).ifPresent(wait::fail));
            if (isTakenOver) {
                waits.forEach(wait -> wait.fail(WaitExceptions.takenOver(task.lastSeen())));
            } else {
                waits.forEach(wait -> wait.complete(task.result()));
            }
        }
        notifier.notifySubscribers(record);
        return true;
    }

    private ClaimHere claimOf(TaskEntry task) {
        if (!task.isClaimed()) {
            return ClaimHere.NONE;
        }
        return lease.isSameEpoch(task.claimEpoch()) ? ClaimHere.CERTAIN : ClaimHere.UNCERTAIN;
    }

    private TaskRecord write(TaskEntry task, String taskId, VideoTask seen, ClaimHere claim) {
        TaskRecord record = write(task.key(), taskId, seen, claim);
        // Another node may have been first, which knows of no claim here.
        if (claim == ClaimHere.CERTAIN && record.owner() == null) {
            return writer.apply(task.key(), new TaskEvent.WaiterRegistered())
                    .standing()
                    .orElse(record);
        }
        if (claim == ClaimHere.NONE && lease.node().equals(record.owner())) {
            return writer.apply(task.key(), task.claimReleased()).written().orElse(record);
        }
        return record;
    }

    private TaskRecord write(TaskKey key, String taskId, VideoTask seen, ClaimHere claim) {
        // A record without a result is that of a later submit of the key, which has no task yet or was rejected.
        return writer.apply(key, new TaskEvent.TaskCompleted(taskId, seen, claim))
                .standing()
                .filter(record -> record.result() != null)
                .orElseThrow(() -> new RecordNotFoundException(key));
    }

    /**
     * A record with a result was read, which may have become this node's after it had ended; then no other node delivers it. The
     * caller holds the monitor.
     *
     * @return the waits, which are to be completed when the monitor is released
     */
    List<WaitHandle> completedBefore(TaskEntry task, TaskRecord record) {
        if (!task.isClaimed()) {
            writer.apply(task.key(), task.claimReleased()).written().ifPresent(notifier::notifySubscribers);
        }
        return complete(task, record);
    }

    private List<WaitHandle> complete(TaskEntry task, TaskRecord record) {
        List<WaitHandle> waits = task.complete(record);
        entries.retireWhenDone(task);
        return waits;
    }

    /** {@code trackingTimeout} is over: sets the task aside, unless the ledger has its result. */
    public void trackingTimedOut(TaskEntry task) {
        Change change;
        boolean hasResult;
        List<WaitHandle> completed = List.of();
        synchronized (task) {
            if (task.isRetired()) {
                return;
            }
            change = writer.apply(task.key(), new TaskEvent.TrackingTimedOut());
            task.stopPolling();
            hasResult =
                    change.standing().filter(record -> record.result() != null).isPresent();
            if (hasResult) {
                completed = task.complete(change.required());
            }
            entries.retireWhenDone(task);
        }
        if (hasResult) {
            completed.forEach(wait -> wait.completeUnlessConflict(task.result(), change.required()));
        } else if (change.standing().isEmpty()) {
            recordVanished(task);
        } else {
            warnOfTimeout(task, change);
            task.failWaits(wait -> WaitExceptions.timedOut(task.lastSeen(), wait.timeout));
        }
    }

    private static void warnOfTimeout(TaskEntry task, Change change) {
        LOG.warn(
                "Task {} (key {}) has not ended within trackingTimeout and {}. It was paid for: query it with"
                        + " sora:status, or follow it again with sora:await",
                task.taskId(),
                task.key().key(),
                change.isChanged()
                        ? "is set aside"
                        : "is not followed by this node any more; in the ledger it is "
                                + change.required().state());
    }

    /** The record of a task was removed from the ledger, so that nothing can be written to it any more. */
    public void recordVanished(TaskEntry task) {
        synchronized (task) {
            task.stopPolling();
            entries.retire(task);
        }
        LOG.warn(
                "Task {} (key {}) is no longer in the ledger, and is not followed any more. It was paid for: wait for it with"
                        + " sora:await if its result is needed",
                task.taskId(),
                task.key().key());
        task.failWaits(wait -> WaitExceptions.vanished(task.lastSeen()));
    }

    /** The task of a request was taken back on another node, where the request may have been given its own by now. */
    public void adoptionRevoked(TaskEntry task, TaskRecord standing) {
        synchronized (task) {
            task.stopPolling();
            entries.retire(task);
        }
        SubmissionUnknownException failure = WaitExceptions.adoptionRevoked(
                standing, task.taskId(), task.service().sendKey());
        LOG.warn("{}", failure.getMessage());
        task.failWaits(wait -> failure);
    }

    /** The service denies a task for longer than replicas lag: its waits fail, and it is polled on, since it was paid for. */
    public void denied(TaskEntry task, SoraException answer) {
        task.failWaits(wait -> WaitExceptions.denied(task.lastSeen(), answer));
    }

    /**
     * Notifies the user's listener of a task that was seen.
     *
     * @param seen the task
     * @param task the same for its schedule; not called for a task that has ended
     */
    public void notifyListener(VideoTask seen, Supplier<PolledTask> task) {
        Instant expectedAt = expectedEnds.of(seen, task).orElse(null);
        GuardedCall.run(
                "The task listener, which was shown task " + seen.id() + ",", () -> listener.seen(seen, expectedAt));
    }
}
