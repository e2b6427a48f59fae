package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.IntentLog.Entry;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request in its turn: writes the intent, sends it once, and does what the answer asks for. What was certainly not
 * sent takes the intent back and waits for another turn; what may have been accepted is never sent again.
 */
final class SubmitAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitAttempt.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LARGEST_EXPONENT = 5;
    private static final SubmitAnswer.Unknown BROKE_OFF = new SubmitAnswer.Unknown("it broke off here", null);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TaskTracker tracker;
    private final LostSubmitRecovery recovery;
    private final RetryingExecutor http;
    private final IntentLog intents;
    private final SubmitQueue queue;
    private final Acceptance acceptance;
    private final KnownKey known;
    private final TaskIdentity identity;
    private final Supplier<Optional<String>> trouble;

    /** What happens to a submit whose key somebody else has used while it waited for its turn. */
    @FunctionalInterface
    interface KnownKey {
        void take(SubmitCommand command, Optional<TaskRecord> standing, BooleanSupplier isWaiting);
    }

    SubmitAttempt(
            TaskLedger ledger,
            NodeLease lease,
            TaskTracker tracker,
            LostSubmitRecovery recovery,
            RetryingExecutor http,
            IntentLog intents,
            SubmitQueue queue,
            KnownKey known,
            Supplier<Optional<String>> trouble) {
        this.trouble = trouble;
        this.ledger = ledger;
        this.lease = lease;
        this.tracker = tracker;
        this.recovery = recovery;
        this.http = http;
        this.intents = intents;
        this.queue = queue;
        this.acceptance = new Acceptance(ledger, tracker, http);
        this.known = known;
        this.identity = tracker.identity();
    }

    /**
     * One try to send a request.
     *
     * @param arrival its place in the order of submits
     * @param last what the last try came to; null for the first
     * @param intent its intent as it stands in the ledger; null while none does
     * @param term the term of this node's lease in which that was so
     * @param isWaiting tells whether whoever submitted still waits
     */
    private record Try(
            SubmitCommand submission,
            int number,
            Instant deadline,
            long arrival,
            SubmitAnswer.NotSent last,
            TaskRecord intent,
            long term,
            BooleanSupplier isWaiting) {

        Try again(SubmitAnswer.NotSent answer, TaskRecord standing) {
            return new Try(submission, number + 1, deadline, arrival, answer, standing, NodeLease.ENDED, isWaiting);
        }

        Try with(TaskRecord written) {
            return new Try(submission, number, deadline, arrival, last, written, term, isWaiting);
        }

        TaskKey ref() {
            return submission.key();
        }
    }

    /** Tells whether a request would be sent at once. */
    boolean isIdle(SubmitCommand command) {
        return pace(command).submits().isPermitAvailable();
    }

    /**
     * Has a request wait for its first turn.
     *
     * @param intent its intent as it stands in the ledger; null when none does
     * @param term the term of this node's lease when it was written
     */
    void line(SubmitCommand command, TaskRecord intent, long term, BooleanSupplier isWaiting) {
        Instant now = ledger.now();
        Instant deadline = now.plus(command.service().timeouts().submit());
        long arrival = pace(command).submits().nextOrder();
        line(now, new Try(command, 1, deadline, arrival, null, intent, term, isWaiting));
    }

    /** Who comes back has the place that it had. */
    private void line(Instant when, Try turn) {
        try {
            enterQueue(when, turn);
        } catch (RuntimeException | Error e) {
            if (queue.takeBack(turn.ref())) {
                end(turn, SubmitExceptions.brokeOff(turn.ref(), e));
            }
        }
    }

    private void enterQueue(Instant when, Try turn) {
        TaskKey key = turn.ref();
        queue.enter(
                turn.submission(),
                when,
                () -> pace(turn.submission())
                        .submits()
                        .acquire(
                                turn.submission().tenant(),
                                turn.arrival(),
                                () -> queue.take(key, () -> sendOrFail(turn)),
                                turn.deadline(),
                                () -> queue.take(key, () -> giveUp(turn))),
                () -> end(turn, SubmitExceptions.parked(key)));
    }

    private AccountRateLimiter pace(SubmitCommand command) {
        return tracker.queries().rateLimiter(command.service());
    }

    private void giveUp(Try turn) {
        RateLimiter gate = pace(turn.submission()).submits();
        end(
                turn,
                turn.last() == null
                        ? SubmitExceptions.noTurn(turn.ref(), gate.expectedWait())
                        : SubmitExceptions.notSent(turn.ref(), turn.last()));
    }

    /** Nothing was sent, and nothing will be. */
    private void end(Try turn, SoraException reason) {
        if (turn.intent() != null) {
            refuse(turn, reason);
        } else {
            fail(turn.ref(), reason);
        }
    }

    /** The place of the key is held until that is written: whoever had it before could be taken for this one. */
    private void refuse(Try turn, SoraException reason) {
        TaskKey key = turn.ref();
        tracker.rejected(turn.intent(), reason, isWritten -> {
            if (!isWritten) {
                leave(turn.submission());
            }
            queue.release(key);
        });
    }

    /** An intent may stand although nothing was sent under it. */
    private void leave(SubmitCommand command) {
        intents.leave(command.key());
        takeBackLater(command);
    }

    private void fail(TaskKey key, SoraException reason) {
        tracker.failed(key, reason, () -> queue.release(key));
    }

    private void takeBackLater(SubmitCommand command) {
        http.executeAfter(TaskTracker.LEDGER_PAUSE, () -> takeBackLeft(command));
    }

    /** While nobody else has the place of its key. */
    private void takeBackLeft(SubmitCommand command) {
        if (queue.reserve(command).isPresent()) {
            takeBackLater(command);
            return;
        }
        try {
            intents.takeBackLeft(command.key());
        } catch (RuntimeException e) {
            takeBackLater(command);
        } finally {
            queue.cancel(command.key());
        }
    }

    private void sendOrFail(Try turn) {
        try {
            send(turn);
        } catch (Throwable e) {
            // Before its first byte, and before its intent was written anew: post sees to what happens after that.
            if (turn.intent() != null) {
                leave(turn.submission());
            }
            fail(turn.ref(), SubmitExceptions.brokeOff(turn.ref(), e));
            LOG.error(
                    "Submit of key {} broke off before it was sent; nothing was paid",
                    turn.ref().key(),
                    e);
        }
    }

    private void send(Try turn) {
        TaskKey key = turn.ref();
        if (ledger.now().isAfter(turn.deadline()) || !tracker.isAwaited(key)) {
            // Nobody waits: whoever did was told that nothing was sent.
            giveUp(turn);
            return;
        }
        Optional<String> reason = trouble.get();
        if (reason.isPresent()) {
            end(turn, SubmitExceptions.notFollowed(key, reason.get()));
            return;
        }
        // Made before anything is written: afterwards there may be no memory for it.
        Aftercare aftercare = new Aftercare();
        Entry entry;
        try {
            entry = enter(turn);
            aftercare.turn = turn.with(entry.record());
        } catch (SoraException e) {
            fail(key, e);
            return;
        } catch (IllegalArgumentException e) {
            fail(key, SubmitExceptions.unfit(key, e));
            return;
        } catch (RuntimeException | Error e) {
            // Our intent may have been written all the same; another node's is not ours to take back.
            leave(turn.submission());
            fail(key, SubmitExceptions.unasked(key, turn.submission().isNewKey(), e));
            return;
        }
        if (entry.isNew()) {
            // From here on nobody may be told that nothing was sent unless the answer says so.
            post(aftercare);
        } else {
            adopt(turn, entry.record());
        }
    }

    /** Somebody else has used the key while this submit waited for its turn. */
    private void adopt(Try turn, TaskRecord standing) {
        try {
            known.take(turn.submission(), Optional.of(standing), turn.isWaiting());
        } catch (SoraException e) {
            fail(turn.ref(), e);
        } catch (RuntimeException | Error e) {
            fail(turn.ref(), SubmitExceptions.ledgerAway(turn.ref(), standing, e));
        }
    }

    /** Has the intent stand in the ledger as this node's, or finds what somebody else has made of the key. */
    private Entry enter(Try turn) {
        boolean isWritten = turn.intent() != null;
        long term = isWritten ? turn.term() : lease.epoch();
        Entry entry = isWritten ? new Entry(turn.intent(), true) : intents.enter(turn.submission());
        if (entry.isNew() && !lease.isSameEpoch(term) && !isOurs(turn)) {
            // This node was away: another one has taken the intent for lost, and an operator may have decided about it.
            return intents.enter(turn.submission());
        }
        return entry;
    }

    private boolean isOurs(Try turn) {
        return tracker.steps()
                .apply(turn.ref(), new TaskEvent.OwnershipConfirmed())
                .isChanged();
    }

    private void post(Aftercare aftercare) {
        Try turn = aftercare.turn;
        try {
            long heard = pace(turn.submission()).submits().pauseCount();
            tracker.sending(turn.intent());
            aftercare.answer = answerTo(turn);
            take(turn, heard, aftercare.answer);
        } catch (Throwable e) {
            Retry.untilDone(aftercare);
            LOG.error(
                    "What the answer to key {} asks for broke off, and was seen to",
                    turn.ref().key(),
                    e);
        }
    }

    /**
     * What must be done about an answer in any case, when what is usually done has broken off: an id is written later, a lost
     * answer is looked for, and a request that was not accepted frees its key.
     */
    private final class Aftercare implements Runnable {
        private Try turn;
        private SubmitAnswer answer = BROKE_OFF;

        @Override
        public void run() {
            SubmitCommand command = turn.submission();
            TaskKey key = turn.ref();
            if (answer instanceof SubmitAnswer.Accepted accepted) {
                http.executeAfter(TaskTracker.LEDGER_PAUSE, () -> accepted(turn, accepted.task()));
            } else if (answer instanceof SubmitAnswer.Unknown lost) {
                http.executeAfter(
                        Duration.ZERO,
                        () -> recovery.lost(turn.intent(), command.service(), lost.reason(), lost.cause()));
            } else if (answer instanceof SubmitAnswer.Rejected rejected) {
                leave(command);
                fail(key, rejected.reason());
            } else if (answer instanceof SubmitAnswer.NotSent notSent) {
                leave(command);
                fail(key, SubmitExceptions.notSent(key, notSent));
            }
        }
    }

    private static SubmitAnswer answerTo(Try turn) {
        SubmitCommand command = turn.submission();
        try {
            ServiceProfile service = command.service();
            String wireKey = service.sendKey() ? turn.intent().wireKey() : null;
            return service.client().submit(command.request(), command.key().key(), wireKey, service.callbackUrl());
        } catch (RuntimeException | Error e) {
            // Out of memory, say: whatever it is, it may have come after the first byte.
            LOG.error("Submit of key {} broke off", command.key().key(), e);
            return new SubmitAnswer.Unknown("it broke off here: " + e, null);
        }
    }

    private void take(Try turn, long heard, SubmitAnswer answer) {
        SubmitCommand command = turn.submission();
        TaskKey key = turn.ref();
        if (!(answer instanceof SubmitAnswer.NotSent)) {
            pace(command).submits().onAccepted();
        }
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            accepted(turn, accepted.task());
        } else if (answer instanceof SubmitAnswer.Rejected rejected) {
            LOG.info(
                    "Submit of key {} was refused: {}",
                    key.key(),
                    rejected.reason().getMessage());
            refuse(turn, rejected.reason());
        } else if (answer instanceof SubmitAnswer.Unknown lost) {
            recovery.lost(turn.intent(), command.service(), lost.reason(), lost.cause());
        } else if (answer instanceof SubmitAnswer.NotSent notSent) {
            sendAgain(turn, heard, notSent);
        }
    }

    private void accepted(Try turn, VideoTask task) {
        Optional<String> doubt = doubtOf(turn, task);
        if (doubt.isPresent()) {
            String reason = "the answer is about another task (" + task.id() + "): " + doubt.get();
            recovery.lost(turn.intent(), turn.submission().service(), reason, null);
        } else {
            acceptance.take(turn.submission(), turn.intent(), task);
        }
    }

    private Optional<String> doubtOf(Try turn, VideoTask task) {
        try {
            return identity.mismatchOfAccepted(
                    turn.intent(), turn.submission().service().sendKey(), task);
        } catch (RuntimeException e) {
            // The ledger is away. The id is written down when it is back.
            LOG.warn(
                    "Whether task {} is that of key {} could not be checked",
                    task.id(),
                    turn.ref().key(),
                    e);
            return Optional.empty();
        }
    }

    private void sendAgain(Try turn, long heard, SubmitAnswer.NotSent notSent) {
        TaskKey key = turn.ref();
        Duration pause = pause(turn, heard, notSent);
        Instant now = ledger.now();
        // An answer that asks for more time than there is ends the submit now: waiting would change nothing.
        if (pause.compareTo(Duration.between(now, turn.deadline())) > 0) {
            refuse(turn, SubmitExceptions.notSent(key, notSent));
            return;
        }
        LOG.info(
                "Submit of key {} was not sent and is tried again in {} s: {}",
                key.key(),
                pause.toSeconds(),
                notSent.reason());
        line(now.plus(pause), turn.again(notSent, takeBack(turn.intent()) ? null : turn.intent()));
    }

    /** A crash while it waits must not leave an intent that looks as if it had been sent. */
    private boolean takeBack(TaskRecord intent) {
        try {
            tracker.takeBack(intent);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Key {} was not sent, and the ledger could not be told", intent.key(), e);
            return false;
        }
    }

    /** What the service asks for holds for the whole account; a connection that fails is this submit's own. */
    private Duration pause(Try turn, long heard, SubmitAnswer.NotSent notSent) {
        AccountRateLimiter pace = pace(turn.submission());
        if (notSent.rateLimited()) {
            return asked(pace.onTooManyRequests(pace.submits(), heard, notSent.retryAfter()), notSent.retryAfter());
        }
        if (notSent.cause() == null) {
            return asked(pace.onRetryAfter(pace.submits(), heard, notSent.retryAfter()), notSent.retryAfter());
        }
        return FIRST_PAUSE.multipliedBy(1L << Math.min(turn.number() - 1, LARGEST_EXPONENT));
    }

    /** A submit obeys the Retry-After of its own answer, even when that is longer than the pause of the account. */
    private static Duration asked(Duration closed, Duration retryAfter) {
        return retryAfter != null && retryAfter.compareTo(closed) > 0 ? retryAfter : closed;
    }
}
