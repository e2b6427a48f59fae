package io.github.camelsora.internal.operator;

import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.StatusQueries;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitFailures;
import java.util.function.Function;

/** Pays for a request once more under its key, by command of an operator, if that cannot pay for a second video. */
public final class OperatorRetry {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final WaitFailures failures;
    private final StatusQueries queries;
    private final SubmitService submits;

    public OperatorRetry(
            TaskLedger ledger,
            LedgerWriter writer,
            WaitFailures failures,
            StatusQueries queries,
            SubmitService submits) {
        this.ledger = ledger;
        this.writer = writer;
        this.failures = failures;
        this.queries = queries;
        this.submits = submits;
    }

    /**
     * Retries a version of a record.
     *
     * @param submissions makes the submit from its record
     * @return false when it was changed or removed since
     * @throws IllegalArgumentException if paying again would be wrong
     */
    boolean retry(TaskRecord record, Operator by, Function<TaskRecord, SubmitCommand> submissions) {
        ActionRules.check(LedgerAction.retry, record);
        SubmitCommand command = submissions.apply(record);
        if (record.isResultMissing()) {
            checkStillMissing(record, command.service());
        }
        boolean isFreed = failures.removeAndFailWaits(
                TaskKey.of(record), () -> isFreed(record, by), WaitExceptions.forgotten(record));
        if (isFreed) {
            submit(command, record, by);
        }
        return isFreed;
    }

    private void submit(SubmitCommand command, TaskRecord before, Operator by) {
        try {
            submits.submit(command, Goal.ACCEPTED, NoWaiter::new);
        } catch (RuntimeException e) {
            // The submit could not begin, so the record becomes what it was.
            ledger.find(before.account(), before.key())
                    .filter(record -> record.state() == TaskState.REJECTED)
                    .ifPresent(record -> writer.actingFor(by).applyTo(record, new TaskEvent.RetryUndone(before)));
            throw e;
        }
    }

    /** The record stays, without its task: a crash before the submit is sent must leave what an operator can retry. */
    private boolean isFreed(TaskRecord record, Operator by) {
        return writer.actingFor(by)
                .applyTo(record, new TaskEvent.OperatorRetried())
                .isChanged();
    }

    /** Only the address of its video was missing: if the service has one now, there is nothing to pay for. */
    private void checkStillMissing(TaskRecord record, ServiceProfile service) {
        String key = "Key " + record.key() + " is not retried: ";
        VideoTask seen;
        try {
            seen = queries.query(service, record.taskId()).task();
        } catch (TaskNotFoundException e) {
            // The service no longer knows the task, so no address will come.
            return;
        } catch (SoraException e) {
            throw new IllegalArgumentException(
                    key
                            + "its task has completed without an address of its video, and whether there is one now could not"
                            + " be queried. Nothing was sent; try again later",
                    e);
        }
        if (seen.status() == TaskStatus.COMPLETED) {
            throw new IllegalArgumentException(
                    key + "the service has the address of its video now, and the task is delivered. Nothing was sent");
        }
        if (!seen.status().isFailure()) {
            throw new IllegalArgumentException(
                    key + "the service says that its task runs again. Nothing was sent; try again later");
        }
    }

    /** No exchange waits for the outcome of a retry: it is in the log, and in the ledger. */
    private record NoWaiter(TaskClaim claim) implements TaskWaiter {
        @Override
        public void onReached(VideoTask task) {
            claim.release();
        }

        @Override
        public void onFailed(SoraException reason) {
            claim.release();
        }
    }
}
