package io.github.camelsora.task;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.SubmitAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private static final SubmitAnswer NO_TURN =
            new SubmitAnswer.NotSent("its turn did not come in time", false, null, null);

    private final TaskLedger ledger;
    private final TaskTracker tracker;
    private final Ticker ticker;
    private final Executor http;
    private final Intents intents;
    /** What is neither sent nor given up: it is on the HTTP pool, or waits for its next try. */
    private final Set<TaskRef> queued = ConcurrentHashMap.newKeySet();

    /** What is being sent at this moment: an answer will come, or not. */
    private final Set<TaskRef> sending = ConcurrentHashMap.newKeySet();

    private final Recovery recovery;
    private volatile boolean isParked;

    /**
     * Creates a submitter.
     *
     * @param ledger the book of what may have cost money
     * @param tracker who follows what was accepted
     * @param ticker what waits between two tries
     * @param http where calls run
     * @param node the name of this node in the ledger
     */
    public Submitter(TaskLedger ledger, TaskTracker tracker, Ticker ticker, Executor http, String node) {
        this.ledger = ledger;
        this.tracker = tracker;
        this.ticker = ticker;
        this.http = http;
        this.intents = new Intents(ledger, node);
        this.recovery = new Recovery(ledger, tracker, ticker, http, this::found);
    }

    /**
     * Submits a request under its key. A key that is known already is not paid for again: its task is waited for, or its
     * verdict is answered. The intent is in the ledger when this returns; the call itself runs on the HTTP pool.
     *
     * @param submission what to submit
     * @param goal what to wait for
     * @param waiter makes the waiter from the claim that it will have to end
     * @throws KeyConflictException if the key was used for a different request
     * @throws SoraException if this node stops or the ledger takes no more; nothing was sent
     */
    public void submit(Submission submission, Goal goal, Function<TaskClaim, TaskWaiter> waiter) {
        // What was paid is not turned away: a redelivery while the routes stop must hear what became of its task.
        if (isParked && !isKnown(submission.ref())) {
            throw SubmitFailures.parked(submission.ref());
        }
        TaskClaim claim = tracker.claim(submission.ref(), submission.client(), submission.schedule());
        Optional<TaskRecord> known;
        TaskWait wait;
        try {
            TaskWaiter claimant = waiter.apply(claim);
            known = intents.enter(submission);
            wait = tracker.await(claim, goal, submission.limits().completion(), claimant);
        } catch (RuntimeException e) {
            claim.giveBack();
            throw e;
        }
        try {
            proceed(submission, known, () -> tracker.isWaiting(claim, wait));
        } catch (SoraException e) {
            wait.fail(e);
        } catch (RuntimeException e) {
            wait.fail(SubmitFailures.ledgerAway(submission.ref(), known.orElse(null), e));
        }
        if (isParked && !isSending(submission.ref())) {
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
            queued.add(ref);
            if (isParked) {
                // The stop came between the gate and here.
                endParked(ref);
                return;
            }
            Instant deadline = ledger.now().plus(submission.limits().submit());
            inTurn(ref, () -> send(submission, 1, deadline));
        }
    }

    /**
     * An intent that nobody here is about to send was left behind, by a crash or by a ledger that was away when the answer
     * came: what became of it is not known.
     */
    private void watch(Submission submission, BooleanSupplier isWaiting) {
        TaskRef ref = submission.ref();
        // Between its entry and its place in the queue a submit of this node looks the same for a moment.
        ticker.at(
                ledger.now().plus(FIRST_PAUSE),
                () -> inTurn(ref, () -> {
                    if (isWaiting.getAsBoolean() && !queued.contains(ref) && !sending.contains(ref)) {
                        leftBehind(submission, isWaiting);
                    }
                }));
    }

    private void leftBehind(Submission submission, BooleanSupplier isWaiting) {
        TaskRef ref = submission.ref();
        Optional<TaskRecord> standing = ledger.find(ref.account(), ref.key());
        if (standing.isPresent() && standing.get().state() == TaskState.INTENT) {
            loseSight(ref);
            recovery.lookFor(submission, SubmitFailures.unknown(submission, "an earlier submit broke off", null));
        } else {
            // It came to its end just before we waited, and whoever ended it did not know of us.
            proceed(submission, intents.enter(submission), isWaiting);
        }
    }

    /** Hands a submit to the HTTP pool; one that somebody has bounded may be full for the moment. */
    private void inTurn(TaskRef ref, Runnable send) {
        try {
            http.execute(send);
        } catch (RejectedExecutionException e) {
            if (isParked) {
                endParked(ref);
            } else {
                ticker.at(ledger.now().plus(FIRST_PAUSE), () -> inTurn(ref, send));
            }
        }
    }

    /**
     * Tells whether a request need not be paid for any more.
     *
     * @param ref who pays, and the key
     * @return true when the key was accepted before, or may have been
     */
    public boolean isKnown(TaskRef ref) {
        return intents.isKnown(ref);
    }

    /** Ends all submits that wait to be sent, because the routes stop, and takes no more. */
    public void park() {
        isParked = true;
        queued.forEach(this::endParked);
    }

    /**
     * Tells whether a request is on its way at this moment.
     *
     * @param ref who pays, and the key
     * @return true from before its first byte until its answer is in the ledger
     */
    public boolean isSending(TaskRef ref) {
        return sending.contains(ref);
    }

    /**
     * Tells whether any request is on its way at this moment.
     *
     * @return true when an answer may still come
     */
    public boolean isSending() {
        return !sending.isEmpty();
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
            loseSight(submission.ref());
            recovery.lookFor(submission, SubmitFailures.unknown(submission, "an earlier answer was lost", null));
        } else {
            tracker.adopt(standing, submission.client(), submission.schedule(), submission.limits());
        }
    }

    /** Sends the request once. What was certainly not sent is sent again, while there is time. */
    private void send(Submission submission, int number, Instant deadline) {
        TaskRef ref = submission.ref();
        sending.add(ref);
        try {
            if (queued.remove(ref)) {
                take(submission, number, deadline, isOver(deadline) ? NO_TURN : post(submission));
            }
        } finally {
            sending.remove(ref);
        }
    }

    private boolean isOver(Instant deadline) {
        return ledger.now().isAfter(deadline);
    }

    private static SubmitAnswer post(Submission submission) {
        try {
            return submission
                    .client()
                    .submit(submission.request(), submission.ref().key(), submission.sendKey());
        } catch (RuntimeException | Error e) {
            // Out of memory, say: whatever it is, it may have come after the first byte.
            LOG.error("Submit of key {} broke off", submission.ref().key(), e);
            return new SubmitAnswer.Unknown("it broke off here: " + e, null);
        }
    }

    private void take(Submission submission, int number, Instant deadline, SubmitAnswer answer) {
        TaskRef ref = submission.ref();
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            accept(submission, accepted.task());
        } else if (answer instanceof SubmitAnswer.Rejected rejected) {
            LOG.info(
                    "Submit of key {} was refused: {}",
                    ref.key(),
                    rejected.reason().getMessage());
            tracker.rejected(ref, rejected.reason());
        } else if (answer instanceof SubmitAnswer.Unknown lost) {
            loseSight(ref);
            SubmissionUnknownException failure = SubmitFailures.unknown(submission, lost.reason(), lost.cause());
            LOG.warn("{}", failure.getMessage());
            recovery.lookFor(submission, failure);
        } else if (answer instanceof SubmitAnswer.NotSent notSent) {
            sendAgain(submission, number, deadline, notSent);
        }
    }

    private void loseSight(TaskRef ref) {
        try {
            tracker.steps().loseSight(ref);
        } catch (RuntimeException e) {
            // Who waits must be told in any case. The intent that stands says as much: the outcome is not known.
            LOG.error("The answer to key {} was lost, and the ledger could not be told", ref.key(), e);
        }
    }

    private void sendAgain(Submission submission, int number, Instant deadline, SubmitAnswer.NotSent notSent) {
        TaskRef ref = submission.ref();
        Duration pause = pause(number, notSent.retryAfter());
        Instant now = ledger.now();
        // An answer that asks for more time than there is ends the submit now: waiting would change nothing.
        if (pause.compareTo(Duration.between(now, deadline)) > 0) {
            tracker.rejected(ref, SubmitFailures.notSent(ref, notSent));
            return;
        }
        LOG.info(
                "Submit of key {} was not sent and is tried again in {} s: {}",
                ref.key(),
                pause.toSeconds(),
                notSent.reason());
        queued.add(ref);
        if (isParked) {
            endParked(ref);
        } else {
            ticker.at(now.plus(pause), () -> inTurn(ref, () -> send(submission, number + 1, deadline)));
        }
    }

    private static Duration pause(int number, Duration retryAfter) {
        if (retryAfter == null) {
            return FIRST_PAUSE.multipliedBy(1L << Math.min(number - 1, LARGEST_EXPONENT));
        }
        // "Retry-After: 0" is no leave to hammer.
        return retryAfter.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : retryAfter;
    }

    private void accept(Submission submission, VideoTask task) {
        TaskRef ref = submission.ref();
        LOG.info("Submitted {} as task {} (key {})", submission.operation(), task.id(), ref.key());
        TaskRecord record;
        try {
            record = tracker.steps().accept(ref, task.id(), dueFromNow(submission));
            if (!task.id().equals(record.taskId())) {
                throw new IllegalStateException("Its record is that of task " + record.taskId());
            }
        } catch (RuntimeException e) {
            SoraException failure = SubmitFailures.unwritten(ref, task.id(), e);
            LOG.error("{}", failure.getMessage(), e);
            tracker.failed(ref, failure);
            return;
        }
        tracker.accepted(record, task, submission.client(), submission.schedule());
    }

    /** A lost submit was found, unless an operator has forgotten it since: then its key may be that of another submit. */
    private void found(Submission submission, VideoTask task) {
        tracker.steps()
                .recover(submission.ref(), task.id(), dueFromNow(submission))
                .filter(record ->
                        record.state() == TaskState.RUNNING && task.id().equals(record.taskId()))
                .ifPresentOrElse(
                        record -> tracker.accepted(record, task, submission.client(), submission.schedule()),
                        () -> LOG.warn(
                                "Task {} was found under key {}, which is no longer looked for: wait for it with"
                                        + " sora:await",
                                task.id(),
                                submission.ref().key()));
    }

    private Due dueFromNow(Submission submission) {
        return submission.limits().from(ledger.now(), submission.schedule());
    }

    private void endParked(TaskRef ref) {
        if (queued.remove(ref)) {
            tracker.rejected(ref, SubmitFailures.parked(ref));
        }
    }
}
