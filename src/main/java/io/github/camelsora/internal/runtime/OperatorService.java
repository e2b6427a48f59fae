package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.RetryRules;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskTracker;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Instant;
import java.util.function.Function;

/** What an operator can decide about a record by hand, with the reasons why not. */
public final class OperatorService {
    private final TaskLedger ledger;
    private final TaskTracker tracker;
    private final SubmitService submits;

    /**
     * Creates an operator's desk.
     *
     * @param ledger the book of what may have cost money
     * @param tracker who follows tasks
     * @param submits who pays
     */
    public OperatorService(TaskLedger ledger, TaskTracker tracker, SubmitService submits) {
        this.ledger = ledger;
        this.tracker = tracker;
        this.submits = submits;
    }

    /**
     * Pays for a request once more under its key, because its task has failed or was never accepted. Nobody waits for it: it
     * is followed like a submit that was fired and forgotten.
     *
     * @param key who pays, and the key
     * @param submissions makes the submit from the record
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
            if (tracker.forgotten(key, () -> free(record), WaitExceptions.forgotten(record))) {
                submit(command, record);
                return;
            }
            // Somebody else has changed it since it was read: it is judged anew.
        }
    }

    private void submit(SubmitCommand command, TaskRecord before) {
        try {
            submits.submit(command, Goal.ACCEPTED, Forgotten::new);
        } catch (RuntimeException e) {
            // It could not even begin, so all is as it was.
            ledger.find(before.account(), before.key())
                    .filter(record -> record.state() == TaskState.REJECTED)
                    .ifPresent(record -> tracker.steps().applyTo(record, new TaskEvent.RetryUndone(before)));
            throw e;
        }
    }

    /** Free to be paid for, but not gone: a crash while it waits for its turn must leave what an operator can retry. */
    private boolean free(TaskRecord record) {
        return tracker.steps().applyTo(record, new TaskEvent.OperatorRetried()).isChanged();
    }

    /** Only the address of its video was missing: if it has turned up, there is nothing to pay for. */
    private void checkStillMissing(TaskRecord record, ServiceProfile service) {
        String key = "Key " + record.key() + " is not retried: ";
        VideoTask seen;
        try {
            seen = tracker.questions().ask(service, record.taskId());
        } catch (TaskNotFoundException e) {
            // The service has forgotten it, so no address will come.
            return;
        } catch (SoraException e) {
            throw new IllegalArgumentException(
                    key
                            + "its task has completed without an address of its video, and whether there is one now could not"
                            + " be asked. Nothing was sent; try again later",
                    e);
        }
        if (seen.status() == TaskStatus.COMPLETED) {
            throw new IllegalArgumentException(
                    key + "the address of its video has turned up, and the task is delivered. Nothing was sent");
        }
        if (!seen.status().isFailure()) {
            throw new IllegalArgumentException(
                    key + "the service says that its task runs again. Nothing was sent; try again later");
        }
    }

    private static void checkPayingAgain(TaskRecord record) {
        if (!RetryRules.mayBePaidAgain(record)) {
            throw new IllegalArgumentException("Key " + record.key() + " cannot be retried: it is " + record.state()
                    + ", and only what has failed or was never accepted may be paid for again. If you know that an UNKNOWN"
                    + " one was not accepted, forget it and send its message again");
        }
        if (record.request() == null) {
            throw new IllegalArgumentException(
                    "Key " + record.key() + " cannot be retried: somebody else submitted it");
        }
    }

    /**
     * Removes a record: its key is then as if it had never been used.
     *
     * @param key who pays, and the key
     * @throws IllegalArgumentException if there is no such record, or it is of a task that runs
     */
    public void forget(TaskKey key) {
        boolean isGone;
        do {
            TaskRecord record = require(key);
            if (record.state() == TaskState.INTENT || record.state() == TaskState.RUNNING) {
                throw new IllegalArgumentException("Key " + key.key() + " cannot be forgotten: its task is "
                        + record.state() + " and may be paid for");
            }
            isGone = tracker.forgotten(
                    key,
                    () -> tracker.steps()
                            .applyTo(record, new TaskEvent.Forgotten())
                            .isChanged(),
                    WaitExceptions.forgotten(record));
        } while (!isGone);
    }

    /**
     * Delivers a task again that was set aside: one that has ended waits for a taker at once, another is followed again.
     *
     * @param key who pays, and the key
     * @param trackUntil until when one that has not ended is followed
     * @throws IllegalArgumentException if there is no such record, or it is not set aside
     */
    public void release(TaskKey key, Instant trackUntil) {
        TaskRecord record = require(key);
        if (record.state() != TaskState.SET_ASIDE) {
            throw new IllegalArgumentException(
                    "Key " + key.key() + " cannot be released: it is " + record.state() + ", not set aside");
        }
        tracker.release(key, trackUntil);
    }

    private TaskRecord require(TaskKey key) {
        return ledger.find(key.account(), key.key())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Account '" + key.account() + "' has no task with key " + key.key()));
    }

    /** Nobody waits for the outcome of a retry: it is in the log, and in the ledger. */
    private record Forgotten(TaskClaim claim) implements TaskWaiter {
        @Override
        public void onReached(VideoTask task) {
            claim.giveBack();
        }

        @Override
        public void onFailed(SoraException reason) {
            claim.giveBack();
        }
    }
}
