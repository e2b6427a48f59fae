package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.RetryRules;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.StatusQueries;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitFailures;
import java.time.Instant;
import java.util.function.Function;

/** What an operator can do with a record by hand: retry, forget, release. */
public final class OperatorService {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final WaitFailures failures;
    private final DeliveryNotifier notifier;
    private final StatusQueries queries;
    private final SubmitService submits;

    public OperatorService(
            TaskLedger ledger,
            LedgerWriter writer,
            WaitFailures failures,
            DeliveryNotifier notifier,
            StatusQueries queries,
            SubmitService submits) {
        this.ledger = ledger;
        this.writer = writer;
        this.failures = failures;
        this.notifier = notifier;
        this.queries = queries;
        this.submits = submits;
    }

    /**
     * Pays for a request once more under its key, because its task has failed or was never accepted. No exchange waits for it: it
     * is followed like a submit that was fired and forgotten.
     *
     * @param key the account and the key
     * @param submissions makes the submit from its record
     * @throws IllegalArgumentException if there is no such record, or paying again would be wrong
     */
    public void retry(TaskKey key, Function<TaskRecord, SubmitCommand> submissions) {
        while (true) {
            TaskRecord record = require(key);
            checkPayingAgain(record);
            SubmitCommand command = submissions.apply(record);
            if (record.isResultMissing()) {
                checkStillMissing(record, command.service());
            }
            if (failures.removeAndFailWaits(key, () -> free(record), WaitExceptions.forgotten(record))) {
                submit(command, record);
                return;
            }
            // It was changed since it was read: the newest record decides.
        }
    }

    private void submit(SubmitCommand command, TaskRecord before) {
        try {
            submits.submit(command, Goal.ACCEPTED, NoWaiter::new);
        } catch (RuntimeException e) {
            // The submit could not begin, so the record becomes what it was.
            ledger.find(before.account(), before.key())
                    .filter(record -> record.state() == TaskState.REJECTED)
                    .ifPresent(record -> writer.applyTo(record, new TaskEvent.RetryUndone(before)));
            throw e;
        }
    }

    /** The record stays, without its task: a crash before the submit is sent must leave what an operator can retry. */
    private boolean free(TaskRecord record) {
        return writer.applyTo(record, new TaskEvent.OperatorRetried()).isChanged();
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

    private static void checkPayingAgain(TaskRecord record) {
        if (!RetryRules.mayBePaidAgain(record)) {
            throw new IllegalArgumentException("Key " + record.key() + " cannot be retried: it is " + record.state()
                    + ", and only what has failed, was rejected or was not sent may be paid for again. Nothing was sent"
                    + remedy(record.state()));
        }
        if (record.request() == null) {
            throw new IllegalArgumentException("Key " + record.key()
                    + " cannot be retried: its task was submitted elsewhere, so the request is not known");
        }
    }

    /** What allows a retry all the same. */
    private static String remedy(TaskState state) {
        return switch (state) {
            case SET_ASIDE -> ". First release it; if its task has failed, it can be retried then";
            case UNKNOWN -> ". If you know that it was not accepted, forget it and send its message again";
            default -> "";
        };
    }

    /**
     * Removes a record: its key is then as if it had never been used.
     *
     * @param key the account and the key
     * @throws IllegalArgumentException if there is no such record, or it is of a task that runs
     */
    public void forget(TaskKey key) {
        boolean isForgotten;
        do {
            TaskRecord record = require(key);
            if (record.state() == TaskState.INTENT || record.state() == TaskState.RUNNING) {
                throw new IllegalArgumentException("Key " + key.key() + " cannot be forgotten: its task is "
                        + record.state() + " and may be paid for");
            }
            isForgotten = failures.removeAndFailWaits(
                    key,
                    () -> writer.applyTo(record, new TaskEvent.Forgotten()).isChanged(),
                    WaitExceptions.forgotten(record));
        } while (!isForgotten);
    }

    /**
     * Delivers a task again that was set aside: one that has ended is due for delivery at once, another is followed again.
     *
     * @param key the account and the key
     * @param trackUntil until when one that has not ended is followed
     * @throws IllegalArgumentException if there is no such record, or it is not set aside
     */
    public void release(TaskKey key, Instant trackUntil) {
        TaskRecord record = require(key);
        if (record.state() != TaskState.SET_ASIDE) {
            throw new IllegalArgumentException(
                    "Key " + key.key() + " cannot be released: it is " + record.state() + ", not set aside");
        }
        notifier.notifySubscribers(
                writer.apply(key, new TaskEvent.TaskResumed(trackUntil)).required());
    }

    private TaskRecord require(TaskKey key) {
        return ledger.find(key.account(), key.key())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Account '" + key.account() + "' has no task with key " + key.key()));
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
