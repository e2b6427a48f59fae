package io.github.camelsora.internal.submit;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.WaitFailures;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a task back from the key that an operator has adopted it for, when the answer to another submit names it, or the answer to
 * the submit of that key names another one. The operator went by the vendor's console, in which the tasks of two requests may look
 * alike; the service knows. A task that has ended is not taken back, because its result may have been delivered.
 */
final class AdoptionRevocation {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptionRevocation.class);

    private static final int MOST_LINES = 100;
    private static final String ADOPTED = TaskEvent.LostSubmitFound.class.getSimpleName();
    private static final Set<String> NAMING_A_TASK = Set.of(ADOPTED, TaskEvent.SubmitAccepted.class.getSimpleName());

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final WaitFailures failures;

    AdoptionRevocation(TaskLedger ledger, LedgerWriter writer, WaitFailures failures) {
        this.ledger = ledger;
        this.writer = writer;
        this.failures = failures;
    }

    /**
     * Takes a task back from another key, if nothing but an operator's word gave it to that.
     *
     * @param answered the key whose submit was answered with the task
     * @return false when it stays with its key
     */
    boolean revoke(TaskKey answered, String taskId, ServiceProfile service) {
        TaskRecord holder = ledger.findByTaskId(answered.account(), taskId).orElse(null);
        if (holder == null) {
            return true;
        }
        if (!isRevocable(holder)) {
            return false;
        }
        String reason = "task " + taskId + ", which an operator had adopted for it, is that of key " + answered.key();
        boolean isRevoked = failures.removeAndFailWaits(
                TaskKey.of(holder),
                () -> isRevoked(holder),
                SubmitExceptions.unknown(holder, service.sendKey(), reason, null));
        if (isRevoked) {
            LOG.warn(
                    "Task {} is that of key {}, as the service has answered to its submit. It was taken back from key {}, for"
                            + " which an operator had adopted it; that submit is lost again, and may be paid for",
                    taskId,
                    answered.key(),
                    holder.key());
        }
        return true;
    }

    /**
     * Takes the task of a key back, if it is not that of its answer, and nothing but an operator's word gave it to the key.
     *
     * @param record the record of the key
     * @param answer the answer to its submit
     * @return false when the record keeps what it has
     */
    boolean revokeOwn(TaskRecord record, TaskEvent.SubmitAccepted answer) {
        boolean isContradicted = Objects.equals(answer.wireKey(), record.wireKey())
                && !answer.taskId().equals(record.taskId())
                && isRevocable(record);
        if (isContradicted && isRevoked(record)) {
            LOG.warn(
                    "The submit of key {} was answered late, with task {}. Task {}, which an operator had adopted for it, is not"
                            + " followed under this key any more: if it was paid for, wait for it with sora:await",
                    record.key(),
                    answer.taskId(),
                    record.taskId());
        }
        return isContradicted;
    }

    private boolean isRevoked(TaskRecord holder) {
        return writer.applyTo(holder, new TaskEvent.AdoptionRevoked(holder.taskId()))
                .isChanged();
    }

    /** Tells whether a record has a task, has not ended, and was given the task by an operator. */
    boolean isRevocable(TaskRecord holder) {
        return holder.taskId() != null && holder.result() == null && isAdopted(holder);
    }

    /** The latest line that names a task is an operator's. Without a history nobody knows. */
    private boolean isAdopted(TaskRecord holder) {
        return ledger.history().stream()
                .flatMap(history -> history.find(holder.account(), holder.key(), MOST_LINES).stream())
                .filter(line -> NAMING_A_TASK.contains(line.event()))
                .reduce((earlier, later) -> later)
                .filter(latest -> latest.event().equals(ADOPTED) && latest.actor() != null)
                .isPresent();
    }
}
