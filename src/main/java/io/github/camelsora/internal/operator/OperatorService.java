package io.github.camelsora.internal.operator;

import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.WaitFailures;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator can do with one record by hand. A method that is given a record acts on that version of it only, and returns
 * false when it was changed or removed since; a method that is given a key acts on the newest record.
 */
public final class OperatorService {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorService.class);

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final WaitFailures failures;
    private final DeliveryNotifier notifier;
    private final SubmitService submits;
    private final OperatorRetry retry;
    private final Adoption adoption;

    public OperatorService(
            TaskLedger ledger,
            LedgerWriter writer,
            WaitFailures failures,
            DeliveryNotifier notifier,
            SubmitService submits,
            OperatorRetry retry,
            Adoption adoption) {
        this.ledger = ledger;
        this.writer = writer;
        this.failures = failures;
        this.notifier = notifier;
        this.submits = submits;
        this.retry = retry;
        this.adoption = adoption;
    }

    /** The actions on a record that are possible now. */
    public Set<LedgerAction> actions(TaskRecord record) {
        Set<LedgerAction> actions = ActionRules.fitting(record);
        if (submits.isQueued(TaskKey.of(record))) {
            actions.add(LedgerAction.cancel);
        }
        return actions;
    }

    /** Acts on the newest record of a key, until it is not changed meanwhile. */
    private void onNewest(TaskKey key, Predicate<TaskRecord> action) {
        boolean isDone;
        do {
            isDone = action.test(require(key));
        } while (!isDone);
    }

    /**
     * The newest record of a key.
     *
     * @throws IllegalArgumentException if there is no such record
     */
    public TaskRecord require(TaskKey key) {
        return ledger.find(key.account(), key.key())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Account '" + key.account() + "' has no task with key " + key.key()));
    }

    /**
     * Pays for a request once more under its key, because its task has failed or was never accepted. No exchange waits for it: it
     * is followed like a submit that was fired and forgotten.
     *
     * @param submissions makes the submit from its record
     * @throws IllegalArgumentException if there is no such record, or paying again would be wrong
     */
    public void retry(TaskKey key, Operator by, Function<TaskRecord, SubmitCommand> submissions) {
        onNewest(key, record -> retry(record, by, submissions));
    }

    public boolean retry(TaskRecord record, Operator by, Function<TaskRecord, SubmitCommand> submissions) {
        return retry.retry(record, by, submissions);
    }

    /**
     * Removes a record: its key is then as if it had never been used.
     *
     * @throws IllegalArgumentException if there is no such record, or it is of a task that runs
     */
    public void forget(TaskKey key, Operator by) {
        onNewest(key, record -> forget(record, by));
    }

    public boolean forget(TaskRecord record, Operator by) {
        ActionRules.check(LedgerAction.forget, record);
        return failures.removeAndFailWaits(
                TaskKey.of(record),
                () -> writer.actingFor(by)
                        .applyTo(record, new TaskEvent.Forgotten())
                        .isChanged(),
                WaitExceptions.forgotten(record));
    }

    /**
     * Removes the prompt and the carried headers of a record, and what operators have written in its history. Its key is still that
     * of its request.
     *
     * @throws IllegalArgumentException if its task runs or is to be delivered, which needs its headers, or if another submit of the
     *     key waits in this JVM, which would store the prompt again
     */
    public boolean erase(TaskRecord record, Operator by) {
        ActionRules.check(LedgerAction.erase, record);
        if (record.state() == TaskState.REJECTED && submits.isPending(TaskKey.of(record))) {
            throw new IllegalArgumentException("Key " + record.key()
                    + " is not erased: another submit of it waits in this JVM, and would store its prompt again. Cancel that one"
                    + " first, or erase the key after it was delivered");
        }
        return writer.actingFor(by)
                .applyTo(record, new TaskEvent.PromptErased())
                .isChanged();
    }

    /**
     * Delivers a task again that was set aside: one that has ended is due for delivery at once, another is followed again.
     *
     * @param trackUntil until when one that has not ended is followed
     * @throws IllegalArgumentException if there is no such record, or it is not set aside
     */
    public void release(TaskKey key, Operator by, Instant trackUntil) {
        onNewest(key, record -> release(record, by, trackUntil));
    }

    public boolean release(TaskRecord record, Operator by, Instant trackUntil) {
        ActionRules.check(LedgerAction.release, record);
        return writer.actingFor(by)
                .applyTo(record, new TaskEvent.TaskResumed(trackUntil))
                .written()
                .map(released -> {
                    notifier.notifySubscribers(released);
                    return true;
                })
                .orElse(false);
    }

    /**
     * Sets a task aside: it is neither followed nor delivered until it is released. Its waiters in this JVM fail.
     *
     * @throws IllegalArgumentException if there is no such record, or it is not one that is followed or delivered
     */
    public void setAside(TaskKey key, Operator by) {
        onNewest(key, record -> setAside(record, by));
    }

    public boolean setAside(TaskRecord record, Operator by) {
        ActionRules.check(LedgerAction.setAside, record);
        return failures.removeAndFailWaits(
                TaskKey.of(record),
                () -> writer.actingFor(by)
                        .applyTo(record, new TaskEvent.OperatorSetAside())
                        .isChanged(),
                WaitExceptions.setAside(record));
    }

    /**
     * Gives a lost submit the task that the operator has found in the vendor's console, and follows it.
     *
     * @param taskId the service's id of the task
     * @param service the service that has it, which is queried once
     * @throws IllegalArgumentException if there is no such record, its submit is not lost, or the task is another's
     */
    public void adopt(TaskKey key, Operator by, String taskId, ServiceProfile service) {
        TaskRecord lost = require(key);
        adoption.adopt(lost, taskId, service, writer.actingFor(by));
    }

    /**
     * Cancels a submit that waits in the queue of this JVM. It reaches no submit of another JVM.
     *
     * @throws IllegalArgumentException if none waits here under the key
     */
    public void cancel(TaskKey key, Operator by) {
        if (!submits.cancel(key, by.actor())) {
            throw new IllegalArgumentException("No submit of key " + key.key() + " of account '" + key.account()
                    + "' waits in this JVM to be sent. One that waits in another JVM is cancelled there; one that was sent"
                    + " cannot be cancelled");
        }
        LOG.info("The operator {} has cancelled the submit of key {}; nothing was paid", by.actor(), key.key());
        writer.actingFor(by).recordAction(key, "SubmitCancelled");
    }
}
