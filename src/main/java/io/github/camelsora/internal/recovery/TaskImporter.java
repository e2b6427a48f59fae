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
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.ImportedTasks;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitHandle;
import io.github.camelsora.internal.track.WaitHandle.Request;
import java.util.function.Function;

/** Puts tasks into the ledger that were submitted elsewhere: once awaited, they are followed like our own. */
public final class TaskImporter {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final TaskRegistry registry;
    private final PollScheduler polls;
    private final String node;

    /**
     * Creates it.
     *
     * @param node the name of this node in the ledger
     */
    public TaskImporter(
            TaskLedger ledger, LedgerWriter writer, String node, TaskRegistry registry, PollScheduler polls) {
        this.ledger = ledger;
        this.writer = writer;
        this.registry = registry;
        this.polls = polls;
        this.node = node;
    }

    /**
     * Waits for a task to end; it is added to the ledger unless it is there.
     *
     * @param taskId the service's id
     * @param service the service to query
     * @param label what the route attaches to the task, unless it is in the ledger already
     * @param newWaiter makes the waiter from the claim, which the waiter has to end
     * @throws SoraException if the ledger is full, cannot hold the task, or is unavailable; it counts as paid for in each case
     */
    public void await(
            String taskId, ServiceProfile service, TaskLabels label, Function<TaskClaim, TaskWaiter> newWaiter) {
        TaskRecord record = findOrAdd(taskId, service, label);
        if (service.mustBeQueriedElsewhere(record)) {
            throw WaitExceptions.elsewhere(record, service);
        }
        TaskClaim claim = registry.claim(TaskKey.of(record), service);
        if (record.result() == null) {
            // From now on each failure of the wait names the task, and says that it was paid for.
            claim.acquire(record);
        }
        TaskWaiter waiter = null;
        WaitHandle wait;
        try {
            waiter = newWaiter.apply(claim);
            wait = registry.await(claim, Goal.ENDED, service.timeouts().completion(), Request.BY_ID, waiter);
        } catch (RuntimeException | Error e) {
            if (waiter != null) {
                waiter.onNotStarted();
            }
            claim.release();
            throw e;
        }
        try {
            polls.follow(record, service);
        } catch (RuntimeException | Error e) {
            wait.fail(SubmitExceptions.ledgerUnavailable(claim.key(), record, e));
            if (node.equals(record.owner())) {
                polls.followLater(record, service);
            }
        }
    }

    private TaskRecord findOrAdd(String taskId, ServiceProfile service, TaskLabels label) {
        try {
            // An added record is not read again: if the ledger became unavailable in between, nothing would follow it.
            return ledger.findByTaskId(service.account(), taskId).orElseGet(() -> add(taskId, service, label));
        } catch (SoraException e) {
            // The reason is about a submit that was not sent. This task was sent, so it has a message of its own.
            throw WaitExceptions.ledgerFull(taskId, e);
        } catch (IllegalArgumentException e) {
            throw WaitExceptions.notStorable(taskId, e);
        } catch (RuntimeException e) {
            throw WaitExceptions.ledgerUnavailable(taskId, e);
        }
    }

    private TaskRecord add(String taskId, ServiceProfile service, TaskLabels label) {
        for (int number = 0; ; number++) {
            TaskRecord entry = ImportedTasks.newRecord(taskId, number, service, label, node, ledger.now());
            TaskRecord standing = writer.apply(TaskKey.of(entry), new TaskEvent.TaskImported(entry))
                    .required();
            // A user may have submitted another request under such a key.
            if (ImportedTasks.isImported(standing)) {
                return standing;
            }
        }
    }
}
