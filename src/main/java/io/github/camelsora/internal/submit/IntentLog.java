package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.spend.LimitedBooking;
import io.github.camelsora.internal.spend.SpendWarnings;
import io.github.camelsora.internal.submit.IdempotencyPolicy.InFlight;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.toapis.WireKey;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The intents of submits in the ledger: each is written under its key before its request is sent, together with its price in the
 * book of its account, which must be within the limits of spending ({@link LimitedBooking}). This is the one place that finds out
 * whether a key is new.
 */
public final class IntentLog {
    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final String node;
    private final LedgerRetries retries;
    private final SpendWarnings warnings = new SpendWarnings();
    /** The wire keys of intents that may stand although nothing was sent under them, until they are withdrawn. */
    private final Set<String> unsent = Collections.synchronizedSet(new HashSet<>());

    public IntentLog(TaskLedger ledger, LedgerWriter writer, String node, LedgerRetries retries) {
        this.ledger = ledger;
        this.writer = writer;
        this.node = node;
        this.retries = retries;
    }

    /**
     * What stands under the key of a submit.
     *
     * @param record the record
     * @param isNew whether it is the intent of this submit, which may be sent; else it is of an earlier submit
     */
    public record Entry(TaskRecord record, boolean isNew) {}

    /**
     * Writes the intent of a submit, or finds the record of an earlier submit under its key. An intent that the ledger does not
     * confirm is withdrawn later, because nothing is sent under it.
     */
    public Entry write(SubmitCommand command) {
        TaskRecord intent = newIntent(command);
        LimitedBooking booking = command.booking(intent.times().createdAt());
        try {
            // A rejected record gives way to the intent, whatever its request was: nothing was paid under it.
            Change change = writer.apply(
                    command.key(), new TaskEvent.SubmitStarted(intent, isBooked(booking) ? booking : null));
            if (change.isChanged()) {
                warnings.held(booking);
            }
            return new Entry(change.required(), change.isChanged());
        } catch (SpendLimitException e) {
            // The ledger has answered that it has written nothing.
            warnings.refused(booking);
            throw e;
        } catch (SoraException | IllegalArgumentException | Error e) {
            withdrawLater(intent, "the ledger has not confirmed it");
            throw e;
        } catch (RuntimeException e) {
            withdrawLater(intent, "the ledger has not confirmed it");
            if (!booking.isLimited()) {
                throw e;
            }
            return readInstead(command, intent, e);
        }
    }

    /**
     * The lock of an account is acquired before its key is read, and submits of other keys can make that time out. So the key is
     * read once more, without a lock.
     *
     * @throws SoraException if nothing was sent under the key
     */
    private Entry readInstead(SubmitCommand command, TaskRecord intent, RuntimeException failure) {
        Optional<TaskRecord> known;
        try {
            known = find(command.key());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        TaskRecord standing = known.orElseThrow(() -> SubmitExceptions.ledgerUnread(command.key(), true, failure));
        if (standing.wireKey().equals(intent.wireKey())) {
            // It was written, although the ledger has not confirmed it.
            throw failure;
        }
        return new Entry(standing, false);
    }

    /**
     * Withdraws an intent under which nothing was paid: a crash must not leave it looking as if it had been sent.
     *
     * @param reason why nothing was paid, in a word
     * @throws RuntimeException if the ledger is unavailable
     */
    void withdraw(TaskRecord intent, String reason) {
        writer.apply(TaskKey.of(intent), new TaskEvent.IntentWithdrawn(intent.wireKey(), reason));
        unsent.remove(intent.wireKey());
    }

    /** Withdraws an intent when the ledger is back. Until then the next submit of its key waits. */
    void withdrawLater(TaskRecord intent, String reason) {
        // Its caller has more to undo, and nothing else would withdraw the intent.
        Retry.untilDone(() -> {
            unsent.add(intent.wireKey());
            retries.retry("that nothing was sent under key " + intent.key(), () -> withdraw(intent, reason));
        });
    }

    /**
     * Tells whether an intent still stands as this node's, without a task; a node that has read it before to take it over then comes
     * too late. This node may own the key since by another submit, or by a task that an operator has adopted.
     */
    boolean isOwner(TaskRecord intent) {
        return writer.apply(TaskKey.of(intent), new TaskEvent.OwnershipConfirmed(intent.wireKey()))
                .written()
                .filter(record -> record.taskId() == null)
                .isPresent();
    }

    /** The record of a key under which something was sent, or may have been. */
    Optional<TaskRecord> find(TaskKey key) {
        return ledger.find(key.account(), key.key()).filter(record -> record.state() != TaskState.REJECTED);
    }

    /** Why a submit fails with a conflict. The request that is in flight under its key may be paid since that was read. */
    SoraException conflict(SubmitCommand command, Optional<TaskRecord> known) {
        return command.conflict(known.or(() -> find(command.key())));
    }

    /** Tells whether another node may still send what a record is of, or whether its intent is yet to be withdrawn. */
    InFlight inFlight(TaskRecord record) {
        String owner = record.owner();
        boolean isLiveElsewhere = owner != null && !node.equals(owner) && ledger.isLive(owner);
        boolean isInFlight = isLiveElsewhere || unsent.contains(record.wireKey()) || isChanged(record);
        return isInFlight ? InFlight.MAYBE_ELSEWHERE : InFlight.NONE;
    }

    /** An intent may have been withdrawn between the read of its record and the look at what is yet to be withdrawn. */
    private boolean isChanged(TaskRecord record) {
        return !find(TaskKey.of(record)).equals(Optional.of(record));
    }

    private static boolean isBooked(LimitedBooking booking) {
        return booking.amount() != null || booking.isLimited();
    }

    /**
     * Checks the limits of spending for a submit that is to wait, so that it does not wait in vain. For certain they are checked
     * with its intent.
     *
     * @throws SpendLimitException if a limit would be exceeded now
     */
    void checkLimits(SubmitCommand command) {
        LimitedBooking booking = command.booking(ledger.now());
        try {
            check(booking);
        } catch (SpendLimitException e) {
            warnings.refused(booking);
            throw e;
        }
    }

    private void check(LimitedBooking booking) {
        if (booking.isLimited()) {
            booking.check(ledger.book().orElseThrow().held(booking.account()));
        }
    }

    /** Why a submit would be refused now, and what is left of the limits that apply to it. */
    Limits limits(SubmitCommand command) {
        LimitedBooking booking = command.booking(ledger.now());
        try {
            check(booking);
            return new Limits(booking.left(), Optional.empty());
        } catch (SpendLimitException e) {
            return new Limits(booking.left(), Optional.of(e.getMessage()));
        }
    }

    /** What limits of spending say of a submit. */
    record Limits(List<LimitLeft> left, Optional<String> refusal) {}

    private TaskRecord newIntent(SubmitCommand command) {
        Instant now = ledger.now();
        return new TaskRecord(
                command.key().account(),
                command.key().key(),
                WireKey.newFor(command.key().key()),
                command.service().baseUrl(),
                command.request().operation().word(),
                command.storedRequest(),
                TaskState.INTENT,
                null,
                null,
                node,
                new Times(now, null, null, null, null),
                Due.NOTHING,
                0,
                command.labels().tag(),
                command.labels().headers(),
                command.labels().origin(),
                command.spending().taskPrice(),
                0);
    }
}
