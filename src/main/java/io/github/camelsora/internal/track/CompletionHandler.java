package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.UserCode;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the first end of a task that is seen into the ledger, from whichever signal, and hands the result to those who wait. */
public final class CompletionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionHandler.class);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final LedgerWriter writer;
    private final TrackedTasks tasks;
    private final ClaimReleases releases;
    private final DeliveryNotifier notifier;
    private final WebhookReliability.ByAccount reliabilities;
    private final TaskListener listener;
    private final TaskIdentity identity;

    CompletionHandler(
            TaskLedger ledger,
            NodeLease lease,
            LedgerWriter writer,
            TrackedTasks tasks,
            ClaimReleases releases,
            DeliveryNotifier notifier,
            WebhookReliability.ByAccount reliabilities,
            TaskListener listener,
            TaskIdentity identity) {
        this.ledger = ledger;
        this.lease = lease;
        this.writer = writer;
        this.tasks = tasks;
        this.releases = releases;
        this.notifier = notifier;
        this.reliabilities = reliabilities;
        this.listener = listener;
        this.identity = identity;
    }

    /** Takes a task of the ledger as the service describes it to a route that asked, and answers it under its names there. */
    public VideoTask signal(TaskRecord record, VideoTask seen) {
        VideoTask named = seen.namedBy(record);
        VideoTask shown = record.isResultMissing() ? TaskReader.resultMissing(named) : LateAddress.asRunning(named);
        try {
            take(record, named, CompletionSource.STATUS_CALL);
        } catch (RuntimeException e) {
            // The route gets its answer all the same. The end is seen again by the next poll.
            LOG.warn("Task {} is {}, and the ledger could not be written", seen.id(), seen.status(), e);
        }
        return shown;
    }

    /** Takes a task of the ledger as the service describes it, unless that is another task. */
    void takeIfOurs(TaskRecord record, ServiceProfile service, VideoTask seen, CompletionSource signal) {
        Optional<String> doubt = identity.mismatch(record, service.sendKey(), seen);
        if (doubt.isPresent()) {
            warnOfAnother(record, seen, doubt.get());
        } else {
            take(record, seen.namedBy(record), signal);
        }
    }

    public static void warnOfAnother(TaskRecord record, VideoTask seen, String reason) {
        LOG.warn(
                "The answer to a question for task {} (key {}) is not believed, because it is about another task ({}): {}."
                        + " The task is asked for again.",
                record.taskId(),
                record.key(),
                seen.id(),
                reason);
    }

    /** Takes a task of the ledger as the service describes it. */
    void take(TaskRecord record, VideoTask seen, CompletionSource signal) {
        TaskKey key = TaskKey.of(record);
        if (TaskReader.isWithoutAddress(seen)) {
            // Its polls decide when that is an end.
            seen(LateAddress.asRunning(seen));
            return;
        }
        seen(seen);
        if (record.isResultMissing() && seen.status() == TaskStatus.COMPLETED) {
            mend(key, seen);
        } else if (seen.status().isTerminal() && record.result() == null) {
            TaskEntry task = tasks.find(key).orElse(null);
            // Let go of in between, it would be ended by nobody: the ledger has to have it when this returns.
            if (task == null || !end(task, seen, signal)) {
                notifier.notifySubscribers(complete(key, record.taskId(), seen));
                reliabilities.of(key.account()).onCompleted(signal);
            }
        }
    }

    private void mend(TaskKey key, VideoTask seen) {
        writer.apply(key, new TaskEvent.AddressFound(seen)).written().ifPresent(mended -> {
            LOG.info(
                    "Task {} (key {}) had ended without an address of its video; the address has turned up, and the task is"
                            + " delivered",
                    mended.taskId(),
                    mended.key());
            notifier.notifySubscribers(mended);
        });
    }

    /**
     * The end of a task that is followed here was seen.
     *
     * @return false when it is no longer followed here, in which case nothing was written
     */
    boolean end(TaskEntry task, VideoTask seen, CompletionSource signal) {
        TaskRecord record;
        boolean isLost;
        List<WaitHandle> ended;
        synchronized (task) {
            if (task.result != null || task.isRetired) {
                return task.result != null;
            }
            boolean isCertain = lease.isSameEpoch(task.epoch);
            record = task.claims > 0
                    ? writer.apply(
                                    task.key,
                                    new TaskEvent.TaskCompleted(
                                            task.taskId,
                                            seen,
                                            isCertain ? TaskEvent.ClaimHere.CERTAIN : TaskEvent.ClaimHere.UNCERTAIN))
                            .required()
                    : endForTakers(task, seen);
            if (task.claims > 0 && isCertain && record.owner() == null) {
                // Another signal may have been first, and did not know of those who wait here.
                record = writer.apply(task.key, new TaskEvent.WaiterRegistered())
                        .standing()
                        .orElse(record);
            }
            isLost = task.claims > 0 && !isCertain && !lease.node().equals(record.owner());
            ended = settle(task, record);
        }
        try {
            reliabilities.of(record.account()).onCompleted(signal);
            LOG.info("Task {} (key {}) ended as {}", record.taskId(), record.key(), task.result.status());
        } finally {
            if (isLost) {
                ended.forEach(wait -> wait.fail(WaitExceptions.takenOver(task)));
            } else {
                ended.forEach(wait -> wait.complete(task.result));
            }
        }
        notifier.notifySubscribers(record);
        return true;
    }

    private TaskRecord complete(TaskKey key, String taskId, VideoTask seen) {
        return writer.apply(key, new TaskEvent.TaskCompleted(taskId, seen, TaskEvent.ClaimHere.NONE))
                .required();
    }

    /** Nobody here waits for it. Another node may have seen the end first, and has left it to us to give it away. */
    private TaskRecord endForTakers(TaskEntry task, VideoTask seen) {
        TaskRecord record = complete(task.key, task.taskId, seen);
        return lease.node().equals(record.owner())
                ? releases.releaseUnclaimed(task).orElse(record)
                : record;
    }

    /** Takes the result from the ledger, where it may have come from another signal than ours. */
    List<WaitHandle> settle(TaskEntry task, TaskRecord record) {
        task.record = record;
        task.taskId = record.taskId();
        task.result = TaskJson.read(record.result());
        // Whoever saw it: where only those that ran on were counted, tasks would seem to run for ever.
        task.teachSchedule(record.times().endedAt());
        task.endPolling();
        List<WaitHandle> ended = task.removeWaits();
        tasks.retireWhenDone(task);
        return ended;
    }

    void seen(VideoTask seen) {
        UserCode.call("The task listener, which was shown task " + seen.id() + ",", () -> listener.seen(seen));
    }
}
