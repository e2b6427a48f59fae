package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the ledger what exchanges did with the tasks that they held, however long it is away, and gives on what they left. */
final class LettingGo {
    private static final Logger LOG = LoggerFactory.getLogger(LettingGo.class);

    private final TaskLedger ledger;
    private final TrackedTasks tasks;
    private final LedgerSteps steps;
    private final PatientPool http;
    private final DeliveryBell bell;
    /** Tasks of which a claim has ended while the ledger was away. */
    private final Set<TaskRef> untold = ConcurrentHashMap.newKeySet();

    LettingGo(TaskLedger ledger, TrackedTasks tasks, LedgerSteps steps, PatientPool http, DeliveryBell bell) {
        this.ledger = ledger;
        this.tasks = tasks;
        this.steps = steps;
        this.http = http;
        this.bell = bell;
    }

    /**
     * An exchange lets go of a task.
     *
     * @return true when no other exchange here holds it
     */
    boolean release(TrackedTask task, ClaimEnd end) {
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
    boolean isUntold(TaskRef ref) {
        return untold.contains(ref);
    }

    private void write(TrackedTask task, ClaimEnd end) {
        try {
            end.write(steps, task).ifPresent(bell::ring);
            untold.remove(task.ref);
        } catch (RuntimeException e) {
            // Whoever lets go goes on in any case. While this node lives nobody else can say what became of it.
            LOG.error("The ledger could not be told who took the task of key {}; it is told again", task.ref.key(), e);
            untold.add(task.ref);
            http.executeAfter(TaskTracker.LEDGER_PAUSE, () -> writeAgain(task, end));
        }
    }

    private void writeAgain(TrackedTask task, ClaimEnd end) {
        TrackedTask successor = tasks.find(task.ref).orElse(null);
        if (successor == null || successor.claims == 0 || end instanceof ClaimEnd.Delivered) {
            write(task, end);
        } else {
            untold.remove(task.ref);
        }
    }

    /** Nobody here has taken what there is to deliver, if there is any yet: what is polled on is given away at its end. */
    Optional<TaskRecord> giveBack(LedgerSteps by, TrackedTask task) {
        return task.isPolled && task.verdict == null ? Optional.empty() : giveAway(by, task);
    }

    /** Others may have what there is to deliver, unless an exchange here holds it. */
    Optional<TaskRecord> giveAway(LedgerSteps by, TrackedTask task) {
        return task.claims > 0
                ? Optional.empty()
                : by.giveBack(task.ref, ledger.now().plus(task.service.limits().recovery()));
    }
}
