package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.AdoptionRevocation;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.WaitFailures;
import io.github.camelsora.internal.track.WaitHandle;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the ledger what came of a submit, then notifies the exchanges that wait for it. What cannot be written is
 * written when it is back: until then only this JVM knows it.
 */
final class OutcomeRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecorder.class);

    private static final int MOST_ATTEMPTS = 3;

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final TaskRegistry registry;
    private final WaitFailures failures;
    private final PollScheduler polls;
    private final LostSubmitRecovery recovery;
    private final SubmitQueue queue;
    private final IntentLog intents;
    private final LedgerRetries retries;
    private final Meters meters;
    private final AdoptionRevocation adoptions;

    OutcomeRecorder(
            TaskLedger ledger,
            LedgerWriter writer,
            TaskRegistry registry,
            WaitFailures failures,
            PollScheduler polls,
            LostSubmitRecovery recovery,
            SubmitQueue queue,
            IntentLog intents,
            LedgerRetries retries,
            Meters meters,
            AdoptionRevocation adoptions) {
        this.ledger = ledger;
        this.writer = writer;
        this.registry = registry;
        this.failures = failures;
        this.polls = polls;
        this.queue = queue;
        this.intents = intents;
        this.recovery = recovery;
        this.retries = retries;
        this.meters = meters;
        this.adoptions = adoptions;
    }

    /** The service has accepted a submit. */
    void accepted(SubmitCommand command, SubmitResult.Accepted result) {
        TaskRecord intent = result.intent();
        VideoTask task = result.task();
        TaskKey key = command.key();
        try {
            LOG.info(
                    "Submitted {} as task {} (key {})",
                    command.request().operation().word(),
                    task.id(),
                    key.key());
            writeAccepted(command, intent, task);
        } catch (TaskTakenException e) {
            lost(command, SubmitResult.Lost.ofAnotherTask(intent, task.id(), e.getMessage()));
            return;
        } catch (RuntimeException | Error e) {
            // First, because only this JVM knows the id.
            retries.retry(
                    "the id of task " + task.id() + " (key " + key.key() + ")",
                    () -> writeAcceptedLater(command, intent, task));
            SoraException failure = SubmitExceptions.idNotRecorded(key, task.id(), e);
            failures.fail(key, failure);
            LOG.error("{}", failure.getMessage(), e);
        }
        count(command, SubmitOutcome.ACCEPTED);
    }

    private void writeAccepted(SubmitCommand command, TaskRecord intent, VideoTask task) {
        ServiceProfile service = command.service();
        Instant trackUntil = service.timeouts().trackUntil(ledger.now());
        TaskRecord record = writeAccepted(
                command, new TaskEvent.SubmitAccepted(intent.wireKey(), task.id(), trackUntil, task.chargedCredits()));
        if (!task.id().equals(record.taskId())) {
            throw new IllegalStateException("The record of the key is that of task " + record.taskId());
        }
        polls.followAccepted(record, task.namedBy(record), service);
    }

    private TaskRecord writeAccepted(SubmitCommand command, TaskEvent.SubmitAccepted event) {
        for (int attempt = 1; ; attempt++) {
            try {
                TaskRecord record = writer.apply(command.key(), event).required();
                if (attempt == MOST_ATTEMPTS || !adoptions.revokeOwn(record, event)) {
                    return record;
                }
            } catch (TaskTakenException e) {
                boolean isFree = attempt < MOST_ATTEMPTS
                        && adoptions.revoke(
                                command.key(), event.taskId(), command.service().sendKey());
                if (!isFree) {
                    throw e;
                }
            }
        }
    }

    private void writeAcceptedLater(SubmitCommand command, TaskRecord intent, VideoTask task) {
        String key = command.key().key();
        if (isRecordOf(intent, task.id())) {
            try {
                writeAccepted(command, intent, task);
            } catch (TaskTakenException e) {
                recover(command, SubmitResult.Lost.ofAnotherTask(intent, task.id(), e.getMessage()));
                return;
            }
            LOG.info("Recorded the id of task {} (key {}), which could not be written before", task.id(), key);
        } else {
            LOG.error(
                    "Task {} was accepted and paid for under key {}, but the key is now that of another submit. Wait for the"
                            + " task with sora:await",
                    task.id(),
                    key);
        }
    }

    /**
     * Also when the id is written already: the ledger may have written it without confirming it. Without an id the submit may be
     * taken for lost since, and set aside by an operator, or given a task.
     */
    private boolean isRecordOf(TaskRecord intent, String taskId) {
        return ledger.find(intent.account(), intent.key())
                .filter(record -> Objects.equals(intent.wireKey(), record.wireKey()))
                .filter(record -> record.state() == TaskState.INTENT
                        || record.state() == TaskState.UNKNOWN
                        || record.state() == TaskState.SET_ASIDE && record.taskId() == null
                        || taskId.equals(record.taskId())
                        || adoptions.isRevocable(record))
                .isPresent();
    }

    /** The answer to a submit was lost. */
    void lost(SubmitCommand command, SubmitResult.Lost result) {
        recover(command, result);
        count(command, SubmitOutcome.UNKNOWN);
    }

    private void recover(SubmitCommand command, SubmitResult.Lost result) {
        recovery.lost(result.intent(), command.service(), result.reason(), result.cause());
    }

    /** The service has rejected a submit. */
    void rejected(SubmitCommand command, SubmitResult.Rejected result) {
        SoraException reason = result.reason();
        LOG.info(
                "The service has rejected the submit of key {}; nothing was paid: {}",
                command.key().key(),
                reason.getMessage());
        unpaid(command, result.intent(), reason);
    }

    /**
     * Nothing was paid for a submit, and nothing will be.
     *
     * @param intent the intent that stands; null when none does
     */
    void unpaid(SubmitCommand command, TaskRecord intent, SoraException reason) {
        // Before the ledger says REJECTED: a submit that reads that starts anew, and must not fail for this reason.
        List<WaitHandle> waits = registry.removeSubmitWaits(command.key());
        try {
            if (intent != null) {
                withdrawNowOrLater(intent, reason.getClass().getSimpleName());
            }
        } finally {
            fail(command, waits, reason);
        }
        // The reason may be about an earlier submit of the key, which may have been paid for; this one was not.
        count(command, reason.getOutcome() == SubmitOutcome.REJECTED ? SubmitOutcome.REJECTED : SubmitOutcome.NOT_SENT);
    }

    private void count(SubmitCommand command, SubmitOutcome outcome) {
        meters.submitEnded(command.key().account(), command.labels().origin().model(), outcome);
    }

    private void fail(SubmitCommand command, List<WaitHandle> waits, SoraException reason) {
        try {
            queue.release(command);
        } finally {
            waits.forEach(wait -> wait.fail(reason));
        }
    }

    private void withdrawNowOrLater(TaskRecord intent, String reason) {
        boolean isWithdrawn = false;
        try {
            isWithdrawn = withdraw(intent, reason);
        } catch (Error e) {
            // Not thrown on: the intent must be marked as unsent before the place of the key is free for another
            // submit.
            LOG.error("Withdrawing the submit of key {} failed; it is withdrawn later", intent.key(), e);
        }
        if (!isWithdrawn) {
            registry.withdrawn(intent);
            intents.withdrawLater(intent, reason);
        }
    }

    /**
     * Withdraws an intent under which nothing was paid.
     *
     * @param reason why, in a word
     * @return false when that could not be written
     */
    boolean withdraw(TaskRecord intent, String reason) {
        try {
            intents.withdraw(intent, reason);
            registry.withdrawn(intent);
            return true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The ledger could not record that nothing was paid under key {}; recording it later",
                    intent.key(),
                    e);
            return false;
        }
    }
}
