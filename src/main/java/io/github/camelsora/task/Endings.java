package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.toapis.TaskJson;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the first end of a task that is seen into the ledger, from whichever signal, and hands the verdict to those who wait. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final LedgerSteps steps;
    private final TrackedTasks tasks;
    private final LettingGo lettingGo;
    private final DeliveryBell bell;
    private final PushTrusts trusts;
    private final TaskListener listener;

    Endings(
            TaskLedger ledger,
            NodeLease lease,
            LedgerSteps steps,
            TrackedTasks tasks,
            LettingGo lettingGo,
            DeliveryBell bell,
            PushTrusts trusts,
            TaskListener listener) {
        this.ledger = ledger;
        this.lease = lease;
        this.steps = steps;
        this.tasks = tasks;
        this.lettingGo = lettingGo;
        this.bell = bell;
        this.trusts = trusts;
        this.listener = listener;
    }

    /** Takes a task as the service tells it, and answers it under the key that the ledger has for it. */
    VideoTask signal(String account, VideoTask seen) {
        try {
            return take(account, seen);
        } catch (RuntimeException e) {
            // Who asks gets the answer. Its end is seen again by the next poll.
            LOG.warn("Task {} is {}, and the ledger could not be told", seen.id(), seen.status(), e);
            return seen;
        }
    }

    private VideoTask take(String account, VideoTask seen) {
        return ledger.findByTaskId(account, seen.id())
                .map(record -> take(record, seen, Signal.QUESTION))
                .orElse(seen);
    }

    /** The same, of a record that was read. */
    VideoTask take(TaskRecord record, VideoTask seen, Signal signal) {
        TaskRef ref = TaskRef.of(record);
        VideoTask known = seen.withKey(ref.key());
        seen(known);
        if (seen.status().isTerminal() && record.verdict() == null) {
            TrackedTask task = tasks.find(ref).orElse(null);
            // Let go of in between, it would be ended by nobody: the ledger has to have it when this returns.
            if (task == null || !end(task, seen, signal)) {
                bell.ring(steps.end(ref, record.taskId(), seen));
                trusts.of(ref.account()).ended(signal);
            }
        }
        return known;
    }

    /**
     * The end of a task that is followed here was seen.
     *
     * @return false when it is no longer followed here, in which case nothing was written
     */
    boolean end(TrackedTask task, VideoTask seen, Signal signal) {
        TaskRecord record;
        boolean isLost;
        List<TaskWait> ended;
        synchronized (task) {
            if (task.verdict != null || task.isRetired) {
                return task.verdict != null;
            }
            boolean isCertain = lease.hasLastedSince(task.term);
            record =
                    task.claims > 0 ? steps.endForUs(task.ref, task.taskId, seen, isCertain) : endForTakers(task, seen);
            if (task.claims > 0 && isCertain && record.owner() == null) {
                // Another signal may have been first, and did not know of those who wait here.
                record = steps.claim(task.ref).orElse(record);
            }
            isLost = task.claims > 0 && !isCertain && !lease.node().equals(record.owner());
            ended = settle(task, record);
        }
        trusts.of(record.account()).ended(signal);
        LOG.info("Task {} (key {}) ended as {}", record.taskId(), record.key(), task.verdict.status());
        if (isLost) {
            ended.forEach(wait -> wait.fail(WaitFailures.takenOver(task)));
        } else {
            ended.forEach(wait -> wait.reach(task.verdict));
        }
        bell.ring(record);
        return true;
    }

    /** Nobody here waits for it. Another node may have seen the end first, and has left it to us to give it away. */
    private TaskRecord endForTakers(TrackedTask task, VideoTask seen) {
        TaskRecord record = steps.end(task.ref, task.taskId, seen);
        return lease.node().equals(record.owner())
                ? lettingGo.giveAway(steps, task).orElse(record)
                : record;
    }

    /** Takes the verdict from the ledger, where it may have come from another signal than ours. */
    List<TaskWait> settle(TrackedTask task, TaskRecord record) {
        task.taskId = record.taskId();
        task.verdict = TaskJson.read(record.verdict());
        // Whoever saw it: where only those that ran on were counted, tasks would seem to run for ever.
        task.teach(record.times().endedAt());
        task.endPolling();
        List<TaskWait> ended = task.takeWaits();
        tasks.retireWhenDone(task);
        return ended;
    }

    void seen(VideoTask seen) {
        try {
            listener.seen(seen);
        } catch (RuntimeException e) {
            LOG.warn("The task listener failed on task {}", seen.id(), e);
        }
    }
}
