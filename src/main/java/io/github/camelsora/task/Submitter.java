package io.github.camelsora.task;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.SubmitAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private final TaskTracker tracker;
    private final Ticker ticker;
    private final Executor http;
    private final String node;
    /** What is neither sent nor given up: it is on the HTTP pool, or waits for its next try. */
    private final Set<TaskRef> queued = ConcurrentHashMap.newKeySet();

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
        this.node = node;
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
        if (isParked) {
            throw parked(submission.ref());
        }
        Optional<TaskRecord> known = enter(submission);
        TaskClaim claim = tracker.claim(submission.ref(), submission.client(), submission.schedule());
        TaskWait wait = tracker.await(claim.task, goal, submission.limits().completion(), waiter.apply(claim));
        try {
            proceed(submission, known);
        } catch (SoraException e) {
            wait.fail(e);
        } catch (RuntimeException e) {
            wait.fail(new ServiceUnavailableException(
                    "The ledger could not be read for key " + submission.ref().key() + ". Nothing was sent now.",
                    new About(SubmitOutcome.NOT_SENT, submission.ref().key(), null),
                    e));
        }
    }

    private void proceed(Submission submission, Optional<TaskRecord> entered) {
        TaskRef ref = submission.ref();
        Optional<TaskRecord> known = entered;
        while (known.isPresent() && known.get().state() == TaskState.INTENT) {
            // Its submit tells all who wait after it has written. We wait now, so what we read now cannot slip past us.
            Optional<TaskRecord> newest = ledger.find(ref.account(), ref.key());
            if (newest.isPresent() && newest.get().state() == TaskState.INTENT) {
                return;
            }
            known = enter(submission);
        }
        if (known.isPresent()) {
            adopt(known.get(), submission);
        } else {
            queued.add(ref);
            Instant deadline = ledger.now().plus(submission.limits().submit());
            inTurn(ref, () -> send(submission, 1, deadline));
        }
    }

    /** Hands a submit to the HTTP pool; once that takes no more, this node has stopped. */
    private void inTurn(TaskRef ref, Runnable send) {
        try {
            http.execute(send);
        } catch (RejectedExecutionException e) {
            endParked(ref);
        }
    }

    /** Ends all submits that wait to be sent, because the routes stop, and takes no more. */
    public void park() {
        isParked = true;
        queued.forEach(this::endParked);
    }

    /** Writes the intent, or finds what became of an earlier one under the same key. */
    private Optional<TaskRecord> enter(Submission submission) {
        TaskRecord intent = intent(submission);
        while (true) {
            Optional<TaskRecord> known = ledger.add(intent);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            TaskRecord standing = known.get();
            if (standing.state() != TaskState.REJECTED) {
                checkSameRequest(standing, submission);
                return known;
            }
            // Nothing was paid under this key, so it begins anew, whatever the request.
            if (ledger.remove(standing)) {
                LOG.debug("Key {} was not accepted before and is used again", standing.key());
            }
        }
    }

    private static void checkSameRequest(TaskRecord standing, Submission submission) {
        boolean isSame = submission.operation().equals(standing.operation())
                && submission.request().isWrittenAs(standing.request());
        if (!isSame) {
            throw new KeyConflictException(
                    "Key " + standing.key() + " was used for a different request, which is " + standing.state()
                            + (standing.taskId() == null ? "" : " as task " + standing.taskId())
                            + ". Nothing was sent now. Give each request a key of its own.",
                    new About(SubmitOutcome.NOT_SENT, standing.key(), standing.taskId()),
                    null);
        }
    }

    /** Somebody has submitted this request before: what is in flight is waited for, what has ended is answered. */
    private void adopt(TaskRecord standing, Submission submission) {
        LOG.info(
                "Key {} is known and {}: nothing is sent, task {} is adopted",
                standing.key(),
                standing.state(),
                standing.taskId());
        if (standing.state() == TaskState.UNKNOWN) {
            tracker.failed(submission.ref(), unknown(submission.ref(), "an earlier answer was lost", null));
        } else {
            tracker.adopt(standing, submission.client(), submission.schedule(), submission.limits());
        }
    }

    private TaskRecord intent(Submission submission) {
        Instant now = ledger.now();
        return new TaskRecord(
                submission.ref().account(),
                submission.ref().key(),
                submission.client().base().value(),
                submission.operation(),
                submission.request().toJson(),
                TaskState.INTENT,
                null,
                null,
                node,
                null,
                new Times(now, null, null, null),
                new Due(null, now.plus(submission.limits().submit()), null, null),
                null,
                null,
                0);
    }

    /** Sends the request once. What was certainly not sent is sent again, while there is time. */
    private void send(Submission submission, int number, Instant deadline) {
        TaskRef ref = submission.ref();
        if (!queued.remove(ref)) {
            return;
        }
        SubmitAnswer answer = submission.client().submit(submission.request(), ref.key(), submission.sendKey());
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            accept(submission, accepted.task());
        } else if (answer instanceof SubmitAnswer.Rejected rejected) {
            tracker.steps().reject(ref);
            LOG.info(
                    "Submit of key {} was refused: {}",
                    ref.key(),
                    rejected.reason().getMessage());
            tracker.failed(ref, rejected.reason());
        } else if (answer instanceof SubmitAnswer.Unknown lost) {
            tracker.steps().loseSight(ref);
            SubmissionUnknownException failure = unknown(ref, lost.reason(), lost.cause());
            LOG.warn("{}", failure.getMessage());
            tracker.failed(ref, failure);
        } else if (answer instanceof SubmitAnswer.NotSent notSent) {
            sendAgain(submission, number, deadline, notSent);
        }
    }

    private void sendAgain(Submission submission, int number, Instant deadline, SubmitAnswer.NotSent notSent) {
        TaskRef ref = submission.ref();
        Duration pause = notSent.retryAfter() != null
                ? notSent.retryAfter()
                : FIRST_PAUSE.multipliedBy(1L << Math.min(number - 1, LARGEST_EXPONENT));
        Instant next = ledger.now().plus(pause);
        // An answer that asks for more time than there is ends the submit now: waiting would change nothing.
        if (next.isAfter(deadline)) {
            tracker.steps().reject(ref);
            tracker.failed(ref, notSent(ref, notSent));
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
            ticker.at(next, () -> inTurn(ref, () -> send(submission, number + 1, deadline)));
        }
    }

    private void accept(Submission submission, VideoTask task) {
        TaskRef ref = submission.ref();
        LOG.info("Submitted {} as task {} (key {})", submission.operation(), task.id(), ref.key());
        TaskRecord record;
        try {
            record = tracker.steps()
                    .accept(ref, task.id(), submission.limits().from(ledger.now(), submission.schedule()));
        } catch (RuntimeException e) {
            tracker.failed(ref, unwritten(ref, task.id(), e));
            return;
        }
        tracker.accepted(record, task, submission.client(), submission.schedule());
    }

    private void endParked(TaskRef ref) {
        if (queued.remove(ref)) {
            tracker.steps().reject(ref);
            tracker.failed(ref, parked(ref));
        }
    }

    private static SoraException notSent(TaskRef ref, SubmitAnswer.NotSent answer) {
        About about = new About(SubmitOutcome.NOT_SENT, ref.key(), null);
        String message = "The request (key " + ref.key() + ") could not be submitted within submitTimeout: "
                + answer.reason() + ". Nothing was accepted and nothing was paid; it is safe to send it again.";
        return answer.rateLimited()
                ? new RateLimitedException(message, about, answer.retryAfter())
                : new ServiceUnavailableException(message, about, answer.cause());
    }

    private static WaitParkedException parked(TaskRef ref) {
        return new WaitParkedException(
                "The request (key " + ref.key()
                        + ") was not sent because the routes stop. Nothing was paid; it is safe " + "to send it again.",
                new About(SubmitOutcome.NOT_SENT, ref.key(), null),
                null);
    }

    private static SubmissionUnknownException unknown(TaskRef ref, String reason, Exception cause) {
        return new SubmissionUnknownException(
                "The request (key " + ref.key() + ") was sent and its answer was lost: " + reason
                        + ". It may be running and paid for. Do not submit it again; look for it in the vendor's console.",
                new About(SubmitOutcome.UNKNOWN, ref.key(), null),
                cause);
    }

    private static SubmissionUnknownException unwritten(TaskRef ref, String taskId, RuntimeException cause) {
        SubmissionUnknownException failure = new SubmissionUnknownException(
                "Task " + taskId + " (key " + ref.key() + ") was accepted and paid for, but the ledger could not be "
                        + "written. Do not submit it again: keep the id and wait for it with sora:await.",
                About.accepted(ref.key(), taskId),
                cause);
        LOG.error("{}", failure.getMessage(), cause);
        return failure;
    }
}
