package io.github.camelsora.task;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.pace.AccountPace;
import io.github.camelsora.pace.Gate;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.SubmitAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spends the money: writes the intent, sends the request once, writes what became of it. What was certainly not sent is
 * sent again until its time is over; what may have been accepted never is.
 */
public final class Submitter {
    private static final Logger LOG = LoggerFactory.getLogger(Submitter.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LARGEST_EXPONENT = 5;

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TaskTracker tracker;
    private final Recovery recovery;
    private final Ticker ticker;
    private final Intents intents;
    private final SubmitQueue queue;

    /**
     * Creates a submitter.
     *
     * @param ledger the book of what may have cost money
     * @param lease this node's lease in it
     * @param tracker who follows what was accepted
     * @param recovery who looks for what was lost
     * @param ticker what waits between two tries
     * @param http where calls run
     */
    public Submitter(
            TaskLedger ledger, NodeLease lease, TaskTracker tracker, Recovery recovery, Ticker ticker, Executor http) {
        this.ledger = ledger;
        this.lease = lease;
        this.tracker = tracker;
        this.recovery = recovery;
        this.ticker = ticker;
        this.intents = new Intents(ledger, lease.node());
        this.queue = new SubmitQueue(ledger, ticker, http, ref -> tracker.rejected(ref, SubmitFailures.parked(ref)));
    }

    /**
     * Submits a request under its key. A key that is known already is not paid for again: its task is waited for, or its
     * verdict is answered. The intent is in the ledger when this returns; the call itself runs on the HTTP pool.
     *
     * @param submission what to submit
     * @param goal what to wait for
     * @param waiter makes the waiter from the claim that it will have to end
     * @throws KeyConflictException if the key was used for a different request
     * @throws SoraException if this node stops, or the ledger takes no more or is away; nothing was sent
     * @throws IllegalArgumentException if the ledger cannot hold the key; nothing was sent
     */
    public void submit(Submission submission, Goal goal, Function<TaskClaim, TaskWaiter> waiter) {
        // What was paid is not turned away: a redelivery while the routes stop must hear what became of its task.
        if (queue.isParked() && !isKnown(submission.ref())) {
            throw SubmitFailures.parked(submission.ref());
        }
        TaskClaim claim = tracker.claim(submission.ref(), submission.service());
        Optional<TaskRecord> known;
        TaskWait wait;
        try {
            TaskWaiter claimant = waiter.apply(claim);
            known = intents.enter(submission);
            wait = tracker.await(claim, goal, submission.service().limits().completion(), claimant);
        } catch (RuntimeException e) {
            claim.giveBack();
            throw e instanceof SoraException || e instanceof IllegalArgumentException
                    ? e
                    : SubmitFailures.unasked(submission.ref(), submission.isNewKey(), e);
        }
        try {
            proceed(submission, known, () -> tracker.isWaiting(claim, wait));
        } catch (SoraException e) {
            wait.fail(e);
        } catch (RuntimeException e) {
            wait.fail(SubmitFailures.ledgerAway(submission.ref(), known.orElse(null), e));
        }
        if (queue.isParked() && !isSending(submission.ref())) {
            // The stop came between the gate and the wait, so it has not seen this one.
            claim.park();
        }
    }

    private void proceed(Submission submission, Optional<TaskRecord> entered, BooleanSupplier isWaiting) {
        TaskRef ref = submission.ref();
        Optional<TaskRecord> known = entered;
        while (known.isPresent() && known.get().state() == TaskState.INTENT) {
            // Its submit tells all who wait after it has written. We wait now, so what we read now cannot slip past us.
            Optional<TaskRecord> newest = ledger.find(ref.account(), ref.key());
            if (newest.isPresent() && newest.get().state() == TaskState.INTENT) {
                watch(submission, isWaiting);
                return;
            }
            if (!isWaiting.getAsBoolean()) {
                // It was told what became of that submit, so nothing is sent on its behalf.
                return;
            }
            known = intents.enter(submission);
        }
        if (known.isPresent()) {
            adopt(known.get(), submission);
        } else {
            Instant now = ledger.now();
            Instant deadline = now.plus(submission.service().limits().submit());
            long arrival = pace(submission).submits().arrive();
            enter(now, new Try(submission, 1, deadline, lease.term(), arrival, null, isWaiting));
        }
    }

    private AccountPace pace(Submission submission) {
        return tracker.queries().pace(submission.service());
    }

    /** Has a submit wait for its turn, from a time on, until its deadline; who comes back has the place that it had. */
    private void enter(Instant when, Try turn) {
        Submission submission = turn.submission();
        queue.enter(submission.ref(), when, () -> pace(submission)
                .submits()
                .enter(
                        submission.tenant(),
                        turn.arrival(),
                        () -> send(turn),
                        turn.deadline(),
                        () -> queue.leave(submission.ref(), () -> giveUp(turn))));
    }

    private void giveUp(Try turn) {
        TaskRef ref = turn.submission().ref();
        SubmitAnswer.NotSent last = turn.last();
        Gate gate = pace(turn.submission()).submits();
        tracker.rejected(
                ref,
                last == null ? SubmitFailures.noTurn(ref, gate.expectedWait()) : SubmitFailures.notSent(ref, last));
    }

    /**
     * One try to send a request.
     *
     * @param arrival its place in the order of submits
     * @param last what the last try came to; null for the first
     * @param term the term of this node's lease in which the intent was known to be ours
     * @param isWaiting tells whether somebody still waits for it
     */
    private record Try(
            Submission submission,
            int number,
            Instant deadline,
            long term,
            long arrival,
            SubmitAnswer.NotSent last,
            BooleanSupplier isWaiting) {

        Try again(SubmitAnswer.NotSent answer) {
            return new Try(submission, number + 1, deadline, term, arrival, answer, isWaiting);
        }

        Try inTerm(long newTerm) {
            return new Try(submission, number, deadline, newTerm, arrival, last, isWaiting);
        }
    }

    /**
     * An intent that no live node is about to send was left behind, by a crash or by a ledger that was away when the answer
     * came: what became of it is not known.
     */
    private void watch(Submission submission, BooleanSupplier isWaiting) {
        TaskRef ref = submission.ref();
        // Between its entry and its place in the queue a submit of this node looks the same for a moment.
        ticker.at(
                ledger.now().plus(FIRST_PAUSE),
                () -> queue.inTurn(ref, () -> {
                    if (isWaiting.getAsBoolean() && !queue.holds(ref)) {
                        look(submission, isWaiting);
                    }
                }));
    }

    private void look(Submission submission, BooleanSupplier isWaiting) {
        TaskRef ref = submission.ref();
        try {
            Optional<TaskRecord> standing = ledger.find(ref.account(), ref.key());
            if (standing.isEmpty() || standing.get().state() != TaskState.INTENT) {
                // It came to its end just before we waited, or elsewhere, and whoever ended it did not know of us.
                proceed(submission, intents.enter(submission), isWaiting);
            } else if (isInHandsElsewhere(standing.get())) {
                watch(submission, isWaiting);
            } else {
                recovery.lookFor(ref, submission.service(), "an earlier submit broke off");
                // Another node may have been faster to take it over, and nobody waits for it there.
                tracker.steps().claim(ref);
            }
        } catch (SoraException e) {
            tracker.failed(ref, e);
        } catch (RuntimeException e) {
            LOG.warn("Key {} could not be looked at in the ledger, will be tried again", ref.key(), e);
            watch(submission, isWaiting);
        }
    }

    private boolean isInHandsElsewhere(TaskRecord record) {
        return !lease.node().equals(record.owner()) && record.owner() != null && ledger.isLive(record.owner());
    }

    /**
     * Tells whether a request need not be paid for any more.
     *
     * @param ref who pays, and the key
     * @return true when the key was accepted before, or may have been
     * @throws SoraException if the ledger is away; nothing was sent
     */
    public boolean isKnown(TaskRef ref) {
        try {
            return intents.isKnown(ref);
        } catch (RuntimeException e) {
            throw SubmitFailures.unasked(ref, false, e);
        }
    }

    /** Ends all submits that wait to be sent, because the routes stop, and takes no more. */
    public void park() {
        queue.park();
    }

    /**
     * Tells whether a request is on its way at this moment.
     *
     * @param ref who pays, and the key
     * @return true from before its first byte until its answer is in the ledger
     */
    public boolean isSending(TaskRef ref) {
        return queue.isSending(ref);
    }

    /**
     * Tells whether any request is on its way at this moment.
     *
     * @return true when an answer may still come
     */
    public boolean isSending() {
        return queue.isSending();
    }

    /** Somebody has submitted this request before: what is in flight is waited for, what has ended is answered. */
    private void adopt(TaskRecord standing, Submission submission) {
        LOG.info(
                "Key {} is known and {}: nothing is sent, task {} is adopted",
                standing.key(),
                standing.state(),
                standing.taskId());
        boolean isLost = standing.state() == TaskState.UNKNOWN
                || standing.state() == TaskState.SET_ASIDE && standing.taskId() == null;
        if (isLost) {
            tracker.steps().claim(submission.ref());
            recovery.lookFor(submission.ref(), submission.service(), "an earlier answer was lost");
        } else {
            tracker.adopt(standing, submission.service());
        }
    }

    /** Sends the request once. What was certainly not sent is sent again, while there is time. */
    private void send(Try turn) {
        TaskRef ref = turn.submission().ref();
        queue.leave(ref, () -> {
            if (isOver(turn.deadline())) {
                giveUp(turn);
            } else if (lease.hasLastedSince(turn.term())) {
                post(turn);
            } else {
                sendIfOurs(turn);
            }
        });
    }

    /** This node was away: another one may have taken the intent for lost, and an operator may have decided about it. */
    private void sendIfOurs(Try turn) {
        Submission submission = turn.submission();
        TaskRef ref = submission.ref();
        long term = lease.term();
        try {
            if (tracker.steps().confirm(ref)) {
                post(turn.inTerm(term));
            } else {
                proceed(submission, intents.enter(submission), turn.isWaiting());
            }
        } catch (SoraException e) {
            tracker.failed(ref, e);
        } catch (RuntimeException e) {
            LOG.warn("Key {} is not sent while the ledger is away", ref.key(), e);
            enter(ledger.now().plus(FIRST_PAUSE), turn);
        }
    }

    private boolean isOver(Instant deadline) {
        return ledger.now().isAfter(deadline);
    }

    private void post(Try turn) {
        long heard = pace(turn.submission()).submits().refusalsHeard();
        take(turn, heard, post(turn.submission()));
    }

    private static SubmitAnswer post(Submission submission) {
        try {
            Service service = submission.service();
            return service.client()
                    .submit(submission.request(), submission.ref().key(), service.sendKey(), service.callbackUrl());
        } catch (RuntimeException | Error e) {
            // Out of memory, say: whatever it is, it may have come after the first byte.
            LOG.error("Submit of key {} broke off", submission.ref().key(), e);
            return new SubmitAnswer.Unknown("it broke off here: " + e, null);
        }
    }

    private void take(Try turn, long heard, SubmitAnswer answer) {
        Submission submission = turn.submission();
        TaskRef ref = submission.ref();
        if (!(answer instanceof SubmitAnswer.NotSent)) {
            pace(submission).submits().accepted();
        }
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            accept(submission, accepted.task());
        } else if (answer instanceof SubmitAnswer.Rejected rejected) {
            LOG.info(
                    "Submit of key {} was refused: {}",
                    ref.key(),
                    rejected.reason().getMessage());
            tracker.rejected(ref, rejected.reason());
        } else if (answer instanceof SubmitAnswer.Unknown lost) {
            recovery.lost(ref, submission.service(), lost.reason(), lost.cause());
        } else if (answer instanceof SubmitAnswer.NotSent notSent) {
            sendAgain(turn, heard, notSent);
        }
    }

    private void sendAgain(Try turn, long heard, SubmitAnswer.NotSent notSent) {
        TaskRef ref = turn.submission().ref();
        Duration pause = pause(turn, heard, notSent);
        Instant now = ledger.now();
        // An answer that asks for more time than there is ends the submit now: waiting would change nothing.
        if (pause.compareTo(Duration.between(now, turn.deadline())) > 0) {
            tracker.rejected(ref, SubmitFailures.notSent(ref, notSent));
            return;
        }
        LOG.info(
                "Submit of key {} was not sent and is tried again in {} s: {}",
                ref.key(),
                pause.toSeconds(),
                notSent.reason());
        enter(now.plus(pause), turn.again(notSent));
    }

    /** What the service asks for holds for the whole account; a connection that fails is this submit's own. */
    private Duration pause(Try turn, long heard, SubmitAnswer.NotSent notSent) {
        AccountPace pace = pace(turn.submission());
        if (notSent.rateLimited()) {
            return asked(pace.refused(pace.submits(), heard, notSent.retryAfter()), notSent.retryAfter());
        }
        if (notSent.cause() == null) {
            return asked(pace.askedToWait(pace.submits(), heard, notSent.retryAfter()), notSent.retryAfter());
        }
        return FIRST_PAUSE.multipliedBy(1L << Math.min(turn.number() - 1, LARGEST_EXPONENT));
    }

    /** Who was asked himself obeys, however long it is. */
    private static Duration asked(Duration closed, Duration retryAfter) {
        return retryAfter != null && retryAfter.compareTo(closed) > 0 ? retryAfter : closed;
    }

    private void accept(Submission submission, VideoTask task) {
        TaskRef ref = submission.ref();
        LOG.info("Submitted {} as task {} (key {})", submission.operation(), task.id(), ref.key());
        try {
            write(submission, task);
        } catch (RuntimeException e) {
            SoraException failure = SubmitFailures.unwritten(ref, task.id(), e);
            LOG.error("{}", failure.getMessage(), e);
            tracker.failed(ref, failure);
            writeLater(submission, task);
        }
    }

    private void write(Submission submission, VideoTask task) {
        Service service = submission.service();
        TaskRecord record = tracker.steps()
                .accept(submission.ref(), task.id(), service.limits().trackUntil(ledger.now()));
        if (!task.id().equals(record.taskId())) {
            throw new IllegalStateException("Its record is that of task " + record.taskId());
        }
        tracker.accepted(record, task, service);
    }

    /** The ledger was away when the id came, and only we know it. */
    private void writeLater(Submission submission, VideoTask task) {
        TaskRef ref = submission.ref();
        Runnable write = () -> {
            try {
                if (isItsRecord(ref, task.id())) {
                    write(submission, task);
                    LOG.info("Task {} (key {}) is in the ledger now", task.id(), ref.key());
                } else {
                    LOG.error(
                            "Task {} was paid for under key {}, which is no longer its key: wait for it with sora:await",
                            task.id(),
                            ref.key());
                }
            } catch (RuntimeException e) {
                LOG.warn("Task {} (key {}) is still not in the ledger", task.id(), ref.key(), e);
                writeLater(submission, task);
            }
        };
        ticker.at(ledger.now().plus(TaskTracker.LEDGER_PAUSE), () -> queue.inTurn(ref, write));
    }

    /** Also when it is written already: the ledger may have done it and not said so. */
    private boolean isItsRecord(TaskRef ref, String taskId) {
        return ledger.find(ref.account(), ref.key())
                .filter(record -> record.state() == TaskState.INTENT
                        || record.state() == TaskState.UNKNOWN
                        || taskId.equals(record.taskId()))
                .isPresent();
    }
}
