package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.IntentLog.Entry;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.track.TaskIdentity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to send a request: its intent is written, then it is sent, then its answer is classified. What the result leads
 * to is decided in {@link SubmitService}.
 */
final class SubmitAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitAttempt.class);

    /** Stands in for the answer until one is known. Allocated here: after the POST there may be no memory for it. */
    private static final SubmitAnswer.Unknown NO_ANSWER = new SubmitAnswer.Unknown("it broke off here", null);

    private final IntentLog intents;
    private final LedgerWriter writer;
    private final NodeLease lease;
    private final TaskIdentity identity;
    private final PendingSubmit submit;
    private boolean mayIntentStand;
    private TaskRecord intent;
    /** Null for as long as it is certain that nothing was sent. */
    private SubmitAnswer answer;

    SubmitAttempt(
            IntentLog intents, LedgerWriter writer, NodeLease lease, TaskIdentity identity, PendingSubmit submit) {
        this.intents = intents;
        this.writer = writer;
        this.lease = lease;
        this.identity = identity;
        this.submit = submit;
        this.mayIntentStand = submit.intent() != null;
    }

    /**
     * Ensures that the intent stands in the ledger as this node's.
     *
     * @return empty when the request may be sent; else the result of the attempt
     */
    Optional<SubmitResult> ensureIntent() {
        TaskKey key = submit.key();
        try {
            Entry entry = ownIntent();
            if (!entry.isNew()) {
                mayIntentStand = false;
                return Optional.of(new SubmitResult.KeyTaken(entry.record()));
            }
            intent = entry.record();
            // From here on nothing may say that the request was not sent, unless the answer says so.
            answer = NO_ANSWER;
            return Optional.empty();
        } catch (SoraException e) {
            return notWritten(e, false);
        } catch (IllegalArgumentException e) {
            return notWritten(SubmitExceptions.unfit(key, e), false);
        } catch (RuntimeException | Error e) {
            return notWritten(SubmitExceptions.unasked(key, submit.command().isNewKey(), e), true);
        }
    }

    private static Optional<SubmitResult> notWritten(SoraException reason, boolean mayIntentStand) {
        return Optional.of(new SubmitResult.NotWritten(reason, mayIntentStand));
    }

    private Entry ownIntent() {
        SubmitCommand command = submit.command();
        boolean isWritten = submit.intent() != null;
        long epoch = isWritten ? submit.epoch() : lease.epoch();
        mayIntentStand = true;
        Entry entry = isWritten ? new Entry(submit.intent(), true) : intents.write(command);
        if (entry.isNew() && !lease.isSameEpoch(epoch) && !isOwner(command.key())) {
            // This node's lease had expired: another node may have marked the intent as lost, and an operator may have
            // decided.
            return intents.write(command);
        }
        return entry;
    }

    private boolean isOwner(TaskKey key) {
        return writer.apply(key, new TaskEvent.OwnershipConfirmed()).isChanged();
    }

    /** Sends the request, once. */
    SubmitResult post() {
        answer = send();
        return classify();
    }

    private SubmitAnswer send() {
        SubmitCommand command = submit.command();
        try {
            ServiceProfile service = command.service();
            String wireKey = service.sendKey() ? intent.wireKey() : null;
            return service.client().submit(command.request(), command.key().key(), wireKey, service.callbackUrl());
        } catch (RuntimeException | Error e) {
            // It may have been thrown after the first byte, say for want of memory.
            LOG.error(
                    "The submit of key {} broke off; it may have been sent",
                    command.key().key(),
                    e);
            return new SubmitAnswer.Unknown("it broke off here: " + e, null);
        }
    }

    /** What the answer means. It may be asked again after it has failed. */
    SubmitResult classify() {
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            VideoTask task = accepted.task();
            return mismatch(task)
                    .<SubmitResult>map(reason -> new SubmitResult.Lost(
                            intent, "the answer is about another task (" + task.id() + "): " + reason, null))
                    .orElseGet(() -> new SubmitResult.Accepted(intent, task));
        }
        if (answer instanceof SubmitAnswer.Rejected rejected) {
            return new SubmitResult.Rejected(intent, rejected.reason());
        }
        if (answer instanceof SubmitAnswer.NotSent notSent) {
            return new SubmitResult.RetryLater(intent, notSent);
        }
        SubmitAnswer.Unknown lost = (SubmitAnswer.Unknown) answer;
        return new SubmitResult.Lost(intent, lost.reason(), lost.cause());
    }

    private Optional<String> mismatch(VideoTask task) {
        try {
            return identity.mismatchOfAccepted(
                    intent, submit.command().service().sendKey(), task);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The ledger is unavailable, so task {} was not checked for being the task of key {}; it is assumed to be",
                    task.id(),
                    submit.key().key(),
                    e);
            return Optional.empty();
        }
    }

    /** Tells whether the request was sent, or may have been. */
    boolean mayBeSent() {
        return answer != null;
    }

    /** Tells whether an intent of this submit may stand in the ledger. */
    boolean mayIntentStand() {
        return mayIntentStand;
    }

    TaskRecord intent() {
        return intent;
    }

    SubmitAnswer answer() {
        return answer;
    }
}
