package io.github.camelsora.internal.recovery;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskTracker;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitHandle;
import java.util.function.Function;

/** Tasks that somebody has submitted elsewhere: from the moment that they are awaited they are followed like our own. */
public final class TaskImporter {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final TaskTracker tracker;
    private final String node;

    /**
     * Creates the entrance for tasks of others.
     *
     * @param ledger the book of what may have cost money
     * @param tracker who follows tasks
     * @param node the name of this node in the ledger
     */
    public TaskImporter(TaskLedger ledger, TaskTracker tracker, String node) {
        this.ledger = ledger;
        this.writer = new LedgerWriter(ledger, node);
        this.tracker = tracker;
        this.node = node;
    }

    /**
     * Waits for the end of a task, which enters the ledger unless it stands there.
     *
     * @param taskId the service's id
     * @param service whom to ask for it
     * @param label what the route sticks on the task, unless it stands in the ledger
     * @param waiter makes the waiter from the claim that it will have to end
     * @throws SoraException if the ledger takes no more, cannot hold it, or is away; the task counts as paid for in all of them
     */
    public void await(String taskId, ServiceProfile service, TaskLabels label, Function<TaskClaim, TaskWaiter> waiter) {
        TaskRecord record = enter(taskId, service, label);
        if (service.mustBeQueriedElsewhere(record)) {
            throw WaitExceptions.elsewhere(record, service);
        }
        TaskClaim claim = tracker.claim(TaskKey.of(record), service);
        if (record.result() == null) {
            // Whatever ends the wait from now on can say of which task, and that it was paid for.
            tracker.taken(claim, record);
        }
        TaskWaiter claimant = null;
        WaitHandle wait;
        try {
            claimant = waiter.apply(claim);
            wait = tracker.await(claim, Goal.ENDED, service.timeouts().completion(), claimant);
        } catch (RuntimeException | Error e) {
            if (claimant != null) {
                claimant.onNotStarted();
            }
            claim.giveBack();
            throw e;
        }
        try {
            tracker.adopt(record, service);
        } catch (RuntimeException | Error e) {
            wait.fail(SubmitExceptions.ledgerAway(claim.ref(), record, e));
            if (node.equals(record.owner())) {
                tracker.adoptLater(record, service);
            }
        }
    }

    private TaskRecord enter(String taskId, ServiceProfile service, TaskLabels label) {
        try {
            // What was added is not read again: a ledger that goes away in between would leave it to nobody.
            return ledger.findByTaskId(service.account(), taskId).orElseGet(() -> add(taskId, service, label));
        } catch (SoraException e) {
            // It speaks of a submit that was not sent. This task was, whatever the ledger makes of it.
            throw WaitExceptions.notTaken(taskId, e);
        } catch (IllegalArgumentException e) {
            throw WaitExceptions.unfit(taskId, e);
        } catch (RuntimeException e) {
            throw WaitExceptions.ledgerAway(taskId, e);
        }
    }

    private TaskRecord add(String taskId, ServiceProfile service, TaskLabels label) {
        for (int number = 0; ; number++) {
            TaskRecord entry = ImportedTasks.newRecord(taskId, number, service, label, node, ledger.now());
            TaskRecord standing = writer.apply(TaskKey.of(entry), new TaskEvent.TaskImported(entry))
                    .required();
            // A user may have paid for something else under such a key.
            if (ImportedTasks.isImported(standing)) {
                return standing;
            }
        }
    }
}
