package io.github.camelsora.internal.submit;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.submit.IdempotencyPolicy.InFlight;
import io.github.camelsora.internal.toapis.WireKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The intents of submits in the ledger: each is written under its key before its request is sent. This is the one place that
 * finds out whether a key is new.
 */
public final class IntentLog {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final String node;
    /** Keys whose intent may stand although nothing was sent, because the ledger was unavailable when it was to be withdrawn. */
    private final Set<TaskKey> unsent = ConcurrentHashMap.newKeySet();

    public IntentLog(TaskLedger ledger, String node) {
        this.ledger = ledger;
        this.writer = new LedgerWriter(ledger, node);
        this.node = node;
    }

    /**
     * What stands under the key of a submit.
     *
     * @param record the record
     * @param isNew whether it is the intent of this submit, which may be sent; else it is of an earlier submit
     */
    public record Entry(TaskRecord record, boolean isNew) {}

    /** Writes the intent of a submit, or finds the record of an earlier submit under its key. */
    public Entry write(SubmitCommand command) {
        // A rejected record gives way to the intent, whatever its request was: nothing was paid under it.
        Change change = writer.apply(command.key(), new TaskEvent.SubmitStarted(intent(command)));
        if (change.isChanged()) {
            // The intent that stands now is of a request that will be sent.
            unsent.remove(command.key());
        }
        return new Entry(change.required(), change.isChanged());
    }

    /** The record of a key under which something was sent, or may have been. */
    Optional<TaskRecord> find(TaskKey key) {
        return ledger.find(key.account(), key.key()).filter(record -> record.state() != TaskState.REJECTED);
    }

    /** Nothing was sent under a key, and its intent may stand. The caller holds the place of the key in the queue. */
    void markUnsent(TaskKey key) {
        unsent.add(key);
    }

    /** Tells whether another node may still send what a record is of, or whether its intent is yet to be withdrawn. */
    InFlight inFlight(TaskRecord record) {
        String owner = record.owner();
        boolean isLiveElsewhere = owner != null && !node.equals(owner) && ledger.isLive(owner);
        boolean isInFlight = isLiveElsewhere || unsent.contains(TaskKey.of(record));
        return isInFlight ? InFlight.MAYBE_ELSEWHERE : InFlight.NONE;
    }

    /** Withdraws an unsent intent, unless the key was used since. The caller holds the place of the key in the queue. */
    void withdrawUnsent(TaskKey key) {
        if (unsent.contains(key)) {
            writer.apply(key, new TaskEvent.SubmitRejectedLate());
            unsent.remove(key);
        }
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
