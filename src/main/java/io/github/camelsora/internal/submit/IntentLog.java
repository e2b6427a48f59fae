package io.github.camelsora.internal.submit;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
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
    private final LedgerWriter steps;
    private final String node;
    /** Keys whose intent may stand although nothing was sent under it, because the ledger could not be told. */
    private final Set<TaskKey> left = ConcurrentHashMap.newKeySet();

    public IntentLog(TaskLedger ledger, String node) {
        this.ledger = ledger;
        this.steps = new LedgerWriter(ledger, node);
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
    public Entry enter(SubmitCommand submission) {
        Entry entry = write(submission);
        if (entry.isNew()) {
            // The one that stands now is of a request that will be sent.
            left.remove(submission.ref());
        }
        return entry;
    }

    /** Nothing was sent, and the ledger could not be told. Whoever says so has the place of the key in the queue. */
    void leave(TaskKey ref) {
        left.add(ref);
    }

    /** Tells whether nothing was sent under a key whose intent stands. */
    boolean isLeft(TaskKey ref) {
        return left.contains(ref);
    }

    /** Takes back what was left, unless the key was used since. Whoever does it has the place of the key in the queue. */
    void takeBackLeft(TaskKey ref) {
        if (left.contains(ref)) {
            steps.rejectLate(ref);
            left.remove(ref);
        }
    }

    private Entry write(SubmitCommand submission) {
        TaskRecord intent = intent(submission);
        while (true) {
            Optional<TaskRecord> known = ledger.add(intent);
            if (known.isEmpty()) {
                return new Entry(intent, true);
            }
            TaskRecord standing = known.get();
            if (standing.state() != TaskState.REJECTED) {
                checkSameRequest(standing, submission);
                return new Entry(standing, false);
            }
            // Nothing was paid under this key, so it begins anew, whatever the request. Replaced and not removed: its
            // version goes on, so that nobody who has read the old record can take it for this one.
            Optional<TaskRecord> anew = ledger.replace(intent.withVersion(standing.version()));
            if (anew.isPresent()) {
                return new Entry(anew.get(), true);
            }
        }
    }

    /** What stands under the key of a request, if anything was sent under it, or may have been. */
    Optional<TaskRecord> find(SubmitCommand submission) {
        TaskKey ref = submission.ref();
        Optional<TaskRecord> known =
                ledger.find(ref.account(), ref.key()).filter(record -> record.state() != TaskState.REJECTED);
        known.ifPresent(standing -> checkSameRequest(standing, submission));
        return known;
    }

    private static void checkSameRequest(TaskRecord standing, SubmitCommand submission) {
        boolean isSame = submission.operation().equals(standing.operation())
                && submission.request().isWrittenAs(standing.request());
        if (!isSame) {
            throw SubmitExceptions.keyConflict(standing);
        }
        if (submission.service().isToBeAskedElsewhere(standing)) {
            throw SubmitExceptions.elsewhere(standing, submission.service());
        }
    }

    boolean isKnown(TaskKey ref) {
        return ledger.find(ref.account(), ref.key())
                .filter(record -> record.state() != TaskState.REJECTED)
                .isPresent();
    }

    private TaskRecord intent(SubmitCommand submission) {
        Instant now = ledger.now();
        return new TaskRecord(
                submission.ref().account(),
                submission.ref().key(),
                WireKey.newFor(submission.ref().key()),
                submission.service().baseUrl(),
                submission.operation(),
                submission.request().toJson(),
                TaskState.INTENT,
                null,
                null,
                node,
                new Times(now, null, null, null, null),
                Due.NOTHING,
                0,
                submission.label().tag(),
                submission.label().headers(),
                0);
    }
}
