package io.github.camelsora.internal.submit;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.WireKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Enters requests into the ledger before they are sent, each under its key: the one place that decides whether a key is new.
 */
public final class IntentLog {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final String node;
    /** Keys whose intent may stand although nothing was sent under it, because the ledger could not be told. */
    private final Set<TaskKey> left = ConcurrentHashMap.newKeySet();

    public IntentLog(TaskLedger ledger, String node) {
        this.ledger = ledger;
        this.writer = new LedgerWriter(ledger, node);
        this.node = node;
    }

    /**
     * What stands under the key of a submit.
     *
     * @param record the record
     * @param isNew whether it is the intent of this submit, which may be sent; else it is of an earlier one
     */
    public record Entry(TaskRecord record, boolean isNew) {}

    /** Writes the intent, or finds what became of an earlier one under the same key. */
    public Entry enter(SubmitCommand command) {
        Entry entry = write(command);
        if (entry.isNew()) {
            // The one that stands now is of a request that will be sent.
            left.remove(command.key());
        }
        return entry;
    }

    /** Nothing was sent, and the ledger could not be told. Whoever says so has the place of the key in the queue. */
    void leave(TaskKey key) {
        left.add(key);
    }

    /** Tells whether nothing was sent under a key whose intent stands. */
    boolean isLeft(TaskKey key) {
        return left.contains(key);
    }

    /** Takes back what was left, unless the key was used since. Whoever does it has the place of the key in the queue. */
    void takeBackLeft(TaskKey key) {
        if (left.contains(key)) {
            writer.apply(key, new TaskEvent.SubmitRejectedLate());
            left.remove(key);
        }
    }

    private Entry write(SubmitCommand command) {
        Change change = writer.apply(command.key(), new TaskEvent.SubmitStarted(intent(command)));
        if (!change.isChanged()) {
            checkSameRequest(change.required(), command);
        }
        // Nothing was paid under the key of a rejected record, so it begins anew, whatever the request.
        return new Entry(change.required(), change.isChanged());
    }

    /** What stands under the key of a request, if anything was sent under it, or may have been. */
    Optional<TaskRecord> find(SubmitCommand command) {
        TaskKey key = command.key();
        Optional<TaskRecord> known =
                ledger.find(key.account(), key.key()).filter(record -> record.state() != TaskState.REJECTED);
        known.ifPresent(standing -> checkSameRequest(standing, command));
        return known;
    }

    private static void checkSameRequest(TaskRecord standing, SubmitCommand command) {
        boolean isSame = command.operation().equals(standing.operation())
                && command.request().isWrittenAs(standing.request());
        if (!isSame) {
            throw SubmitExceptions.keyConflict(standing);
        }
        if (command.service().mustBeQueriedElsewhere(standing)) {
            throw SubmitExceptions.elsewhere(standing, command.service());
        }
    }

    boolean isKnown(TaskKey key) {
        return ledger.find(key.account(), key.key())
                .filter(record -> record.state() != TaskState.REJECTED)
                .isPresent();
    }

    private TaskRecord intent(SubmitCommand command) {
        Instant now = ledger.now();
        return new TaskRecord(
                command.key().account(),
                command.key().key(),
                WireKey.newFor(command.key().key()),
                command.service().baseUrl(),
                command.operation(),
                command.request().toJson(),
                TaskState.INTENT,
                null,
                null,
                node,
                new Times(now, null, null, null, null),
                Due.NOTHING,
                0,
                command.labels().tag(),
                command.labels().headers(),
                0);
    }
}
