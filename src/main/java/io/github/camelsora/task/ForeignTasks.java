package io.github.camelsora.task;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.task.Submission.Limits;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.ToApisClient;
import java.time.Instant;
import java.util.function.Function;

/** Tasks that somebody has submitted elsewhere: from the moment that they are awaited they are followed like our own. */
public final class ForeignTasks {
    private final TaskLedger ledger;
    private final TaskTracker tracker;
    private final String node;

    /**
     * Creates the entrance for tasks of others.
     *
     * @param ledger the book of what may have cost money
     * @param tracker who follows tasks
     * @param node the name of this node in the ledger
     */
    public ForeignTasks(TaskLedger ledger, TaskTracker tracker, String node) {
        this.ledger = ledger;
        this.tracker = tracker;
        this.node = node;
    }

    /**
     * Waits for the end of a task, which enters the ledger unless it stands there.
     *
     * @param account who pays for it
     * @param taskId the service's id
     * @param client whom to ask for it
     * @param schedule when to ask
     * @param limits how long what may take
     * @param waiter makes the waiter from the claim that it will have to end
     * @throws SoraException if the ledger takes no more
     */
    public void await(
            String account,
            String taskId,
            ToApisClient client,
            PollSchedule schedule,
            Limits limits,
            Function<TaskClaim, TaskWaiter> waiter) {
        TaskRecord record = ledger.findByTaskId(account, taskId)
                .or(() -> ledger.add(entry(account, taskId, client, schedule, limits)))
                .or(() -> ledger.findByTaskId(account, taskId))
                .orElseThrow(() -> new IllegalStateException("The ledger has lost task " + taskId));
        TaskClaim claim = tracker.claim(TaskRef.of(record), client, schedule);
        TaskWait wait;
        try {
            wait = tracker.await(claim, Goal.ENDED, limits.completion(), waiter.apply(claim));
        } catch (RuntimeException e) {
            claim.giveBack();
            throw e;
        }
        try {
            tracker.adopt(record, client, schedule, limits);
        } catch (RuntimeException e) {
            wait.fail(SubmitFailures.ledgerAway(claim.ref(), record, e));
        }
    }

    /** A key made of the id: two that await one task at once find one record. */
    private TaskRecord entry(String account, String taskId, ToApisClient client, PollSchedule schedule, Limits limits) {
        Instant now = ledger.now();
        return new TaskRecord(
                account,
                "task:" + taskId,
                client.base().value(),
                "await",
                null,
                TaskState.RUNNING,
                taskId,
                null,
                node,
                null,
                new Times(now, now, null, null),
                limits.from(now, schedule),
                null,
                null,
                0);
    }
}
