package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.time.RetryingExecutor;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the ledger what exchanges did with the tasks that they held, however long it is away, and gives on what they left. */
final class ClaimReleases {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimReleases.class);

    private final TaskLedger ledger;
    private final TrackedTasks tasks;
    private final LedgerWriter writer;
    private final RetryingExecutor http;
    private final DeliveryNotifier notifier;
    /** Tasks of which a claim has ended while the ledger was away. */
    private final Set<TaskKey> untold = ConcurrentHashMap.newKeySet();

    ClaimReleases(
            TaskLedger ledger,
            TrackedTasks tasks,
            LedgerWriter writer,
            RetryingExecutor http,
            DeliveryNotifier notifier) {
        this.ledger = ledger;
        this.tasks = tasks;
        this.writer = writer;
        this.http = http;
        this.notifier = notifier;
    }

    /**
     * An exchange lets go of a task.
     *
     * @return true when no other exchange here holds it
     */
    boolean release(TaskEntry task, ClaimEnd end) {
        synchronized (task) {
            task.claims--;
            // Forgotten by an operator: what stands under its key is another task's record.
            if (!task.isRetired) {
                write(task, end);
                tasks.retireWhenDone(task);
            }
            return task.claims == 0;
        }
    }

    /** Tells whether the ledger has yet to be told of a task. */
    boolean isLossUnreported(TaskKey key) {
        return untold.contains(key);
    }

    private void write(TaskEntry task, ClaimEnd end) {
        try {
            end.write(writer, task).ifPresent(notifier::notifySubscribers);
            untold.remove(task.key);
        } catch (RuntimeException e) {
            // Whoever lets go goes on in any case. While this node lives nobody else can say what became of it.
            LOG.error("The ledger could not be told who took the task of key {}; it is told again", task.key.key(), e);
            untold.add(task.key);
            http.executeAfter(TaskTracker.LEDGER_PAUSE, () -> writeAgain(task, end));
        }
    }

    private void writeAgain(TaskEntry task, ClaimEnd end) {
        TaskEntry successor = tasks.find(task.key).orElse(null);
        if (successor == null || successor.claims == 0 || end instanceof ClaimEnd.Delivered) {
            write(task, end);
        } else {
            untold.remove(task.key);
        }
    }

    /** Nobody here has taken what there is to deliver, if there is any yet: what is polled on is given away at its end. */
    Optional<TaskRecord> giveBack(LedgerWriter by, TaskEntry task) {
        return task.isPolled && task.result == null ? Optional.empty() : giveAway(by, task);
    }

    /** Others may have what there is to deliver, unless an exchange here holds it. */
    Optional<TaskRecord> giveAway(LedgerWriter by, TaskEntry task) {
        return task.claims > 0
                ? Optional.empty()
                : by.giveBack(
                        task.key, ledger.now().plus(task.service.timeouts().recovery()));
    }
}
