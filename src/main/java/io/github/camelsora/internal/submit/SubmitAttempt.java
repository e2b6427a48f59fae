package io.github.camelsora.internal.submit;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.IntentLog.Entry;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.trace.TaskSpans;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to send a request: its intent is written, then it is sent, then its answer is classified. What the result leads
 * to is decided in {@link AttemptScheduler}.
 */
final class SubmitAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitAttempt.class);

    /** Stands in for the answer until one is known. Allocated here: after the POST there may be no memory for it. */
    private static final SubmitAnswer.Unknown NO_ANSWER = new SubmitAnswer.Unknown("it broke off here", null);

    private final IntentLog intents;
    private final NodeLease lease;
    private final TaskRegistry registry;
    private final TaskIdentity identity;
    private final SubmitPermits permits;
    private final AccountPauses pauses;
    private final TaskSpans spans;
    private final PendingSubmit submit;
    /** The intent as it stands in the ledger; null while there is none. */
    private TaskRecord intent;
    /** {@link SubmitPermits#pauseCount} before the POST. */
    private long pausesBefore;
    /** Null for as long as it is certain that nothing was sent. */
    private SubmitAnswer answer;

    SubmitAttempt(
            IntentLog intents,
            NodeLease lease,
            TaskRegistry registry,
            TaskIdentity identity,
            SubmitPermits permits,
            AccountPauses pauses,
            TaskSpans spans,
            PendingSubmit submit) {
        this.intents = intents;
        this.lease = lease;
        this.registry = registry;
        this.identity = identity;
        this.permits = permits;
        this.pauses = pauses;
        this.spans = spans;
        this.submit = submit;
        this.intent = submit.intent();
    }

    /** Sends the request once, if its intent stands in the ledger as this node's. */
    SubmitResult run() {
        TaskKey key = submit.key();
        Optional<TaskRecord> other;
        try {
            other = ensureIntent();
        } catch (SoraException e) {
            return withheld(e);
        } catch (IllegalArgumentException e) {
            return withheld(SubmitExceptions.notStorable(key, e));
        } catch (RuntimeException | Error e) {
            return withheld(SubmitExceptions.ledgerUnread(key, submit.command().isNewKey(), e));
        }
        return other.<SubmitResult>map(SubmitResult.KeyTaken::new).orElseGet(this::postUnlessPaused);
    }

    /** The account may have been paused while the intent was written, or while this JVM was frozen. */
    private SubmitResult postUnlessPaused() {
        Optional<AccountPause> pause;
        try {
            pause = pauses.beforePost(submit.command().service());
        } catch (RuntimeException | Error e) {
            return withheld(SubmitExceptions.ledgerUnavailable(submit.key(), null, e));
        }
        return pause.<SubmitResult>map(found -> new SubmitResult.Paused(intent, found))
                .orElseGet(this::post);
    }

    private SubmitResult withheld(SoraException reason) {
        return new SubmitResult.Withheld(intent, reason);
    }

    /** Ensures that the intent stands as this node's, unless another submit has the key, whose record is returned. */
    private Optional<TaskRecord> ensureIntent() {
        long epoch = intent == null ? lease.epoch() : submit.epoch();
        Optional<TaskRecord> other = intent == null ? writeIntent() : Optional.empty();
        if (other.isPresent() || lease.isSameEpoch(epoch) || intents.isOwner(intent)) {
            return other;
        }
        // This node's lease had expired: another node may have marked the intent as lost, and an operator may have
        // decided.
        intent = null;
        return writeIntent();
    }

    /** The record of another submit that has the key; empty when the intent is written. */
    private Optional<TaskRecord> writeIntent() {
        Entry entry = intents.write(submit.command());
        if (!entry.isNew()) {
            return Optional.of(entry.record());
        }
        intent = entry.record();
        return Optional.empty();
    }

    private SubmitResult post() {
        pausesBefore = permits.pauseCount(submit.command().service());
        registry.sending(intent);
        // From here on nothing may say that the request was not sent, unless the answer says so.
        answer = NO_ANSWER;
        answer = send();
        return classify();
    }

    private SubmitAnswer send() {
        SubmitCommand command = submit.command();
        try {
            ServiceProfile service = command.service();
            String wireKey = service.sendKey() ? intent.wireKey() : null;
            return spans.trace("sora submit", intent, () -> service.client()
                    .submit(command.request(), command.key().key(), wireKey, service.callbackUrl(), command.traceId()));
        } catch (RuntimeException | Error e) {
            // It may have been thrown after the first byte, say for want of memory.
            LOG.error(
                    "The submit of key {} broke off; it may have been sent",
                    command.key().key(),
                    e);
            return new SubmitAnswer.Unknown("it broke off here: " + e, null);
        }
    }

    /** What the answer means. May be called again after it has failed. */
    SubmitResult classify() {
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            VideoTask task = accepted.task();
            return mismatch(task)
                    .<SubmitResult>map(reason -> SubmitResult.Lost.ofAnotherTask(intent, task.id(), reason))
                    .orElseGet(() -> new SubmitResult.Accepted(intent, task));
        }
        if (answer instanceof SubmitAnswer.Rejected rejected) {
            return new SubmitResult.Rejected(intent, rejected.reason(), rejected.problem());
        }
        if (answer instanceof SubmitAnswer.NotAccepted notAccepted) {
            return new SubmitResult.RetryLater(intent, notAccepted, pausesBefore);
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

    TaskRecord intent() {
        return intent;
    }

    SubmitAnswer answer() {
        return answer;
    }
}
