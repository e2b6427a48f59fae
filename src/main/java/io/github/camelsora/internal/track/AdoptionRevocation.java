package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a task back from the key that an operator has adopted it for, when the service says that it is that of another submit, or
 * that the submit of that key is another task. The operator went by the vendor's console, in which the tasks of two requests may
 * look alike; the service knows. A task that has ended is not taken back, because its result may have been delivered.
 */
public final class AdoptionRevocation {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptionRevocation.class);

    private static final int MOST_LINES = 100;
    private static final String ADOPTED = TaskEvent.LostSubmitFound.class.getSimpleName();
    private static final Set<String> NAMING_A_TASK = Set.of(ADOPTED, TaskEvent.SubmitAccepted.class.getSimpleName());

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final WaitFailures failures;

    public AdoptionRevocation(TaskLedger ledger, LedgerWriter writer, WaitFailures failures) {
        this.ledger = ledger;
        this.writer = writer;
        this.failures = failures;
    }

    /**
     * Takes a task back from another key, if nothing but an operator's word gave it to that.
     *
     * @param named the key whose submit the service says it is
     * @param isSearched whether lost submits can be searched for by their keys
     * @return false when it stays with its key
     */
    public boolean revoke(TaskKey named, String taskId, boolean isSearched) {
        TaskRecord holder = ledger.findByTaskId(named.account(), taskId)
                .filter(record -> record.request() != null)
                .orElse(null);
        if (holder == null) {
            // It has lost the task meanwhile. An import of the task takes it from no key.
            return true;
        }
        if (!isRevocable(holder)) {
            return false;
        }
        boolean isRevoked = failures.removeAndFailWaits(
                TaskKey.of(holder),
                () -> isRevoked(holder),
                WaitExceptions.adoptionRevoked(holder, taskId, isSearched));
        if (isRevoked) {
            LOG.warn(
                    "Task {} is that of key {}, as the service says. It was taken back from key {}, for which an operator had"
                            + " adopted it; that submit is lost again, and may be paid for",
                    taskId,
                    named.key(),
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
    public boolean revokeOwn(TaskRecord record, TaskEvent.SubmitAccepted answer) {
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
    public boolean isRevocable(TaskRecord holder) {
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
