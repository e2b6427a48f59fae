package io.github.camelsora.internal.submit;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.submit.IdempotencyPolicy.Decision;
import io.github.camelsora.internal.submit.IdempotencyPolicy.InFlight;
import io.github.camelsora.internal.submit.PendingSubmit.Caller;
import io.github.camelsora.internal.submit.SubmitAdmission.Admitted;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.AdoptionRevocation;
import io.github.camelsora.internal.track.RoutePhase;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits requests, each under its key. {@link IdempotencyPolicy} decides what a known key leads to: first in {@link
 * SubmitAdmission}, while the call of the route lasts, and here again when more is known of the key. This is the one place that
 * carries that out; a request that is to be sent goes to {@link AttemptScheduler}.
 */
public final class SubmitService {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitService.class);

    private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final RetryingExecutor http;
    private final SubmitPermits permits;
    private final IntentLog intents;
    private final EarlierSubmits earlier;
    private final SubmitQueue queue;
    private final SubmitAdmission admission;
    private final OutcomeRecorder outcomes;
    private final AttemptScheduler attempts;
    private final SubmitPlanner planner;

    /**
     * Creates a service without submits.
     *
     * @param http where calls run
     * @param problem why a task that is paid for now could not be followed; nothing is sent until that is empty
     * @param meters counts submits by their outcome
     */
    public SubmitService(
            TaskLedger ledger,
            NodeLease lease,
            LedgerWriter writer,
            TaskRegistry registry,
            WaitFailures failures,
            PollScheduler polls,
            TaskIdentity identity,
            AdoptionRevocation adoptions,
            RateLimitedClient client,
            LostSubmitRecovery recovery,
            TimerQueue timers,
            RetryingExecutor http,
            LedgerRetries retries,
            RoutePhase phase,
            AccountPauses pauses,
            Supplier<Optional<String>> problem,
            Meters meters) {
        this.ledger = ledger;
        this.http = http;
        this.permits = new SubmitPermits(client);
        this.intents = new IntentLog(ledger, writer, lease.node(), retries);
        this.earlier = new EarlierSubmits(intents, writer, polls, recovery);
        this.queue = new SubmitQueue(ledger, timers, permits, phase, pauses, registry::endLateWaits);
        this.admission = new SubmitAdmission(
                lease, registry, failures, permits, intents, earlier, queue, pauses, problem, meters);
        this.planner = new SubmitPlanner(intents, queue, pauses);
        pauses.onFailing(queue::failPaused);
        this.outcomes = new OutcomeRecorder(
                ledger, writer, registry, failures, polls, recovery, queue, intents, retries, meters, adoptions);
        this.attempts = new AttemptScheduler(
                ledger,
                lease,
                registry,
                identity,
                client,
                http,
                pauses,
                problem,
                permits,
                intents,
                queue,
                outcomes,
                this::keyTaken);
    }

    /**
     * Submits a request under its key. A key that is known already is not paid for again: its task is waited for, or its
     * result is answered. A new one waits for its permit, and is sent on the HTTP pool. Its intent is written before the POST:
     * at once when a permit is free, else with the permit, so that a crash leaves no intent of a submit that only waited.
     *
     * @param command what to submit
     * @param goal what to wait for
     * @param waiter makes the waiter from the claim, which the waiter has to end
     * @throws KeyConflictException if the key was used for a different request
     * @throws SoraException if this node stops, or the ledger is unavailable or cannot hold the request; nothing was sent
     */
    public void submit(SubmitCommand command, Goal goal, Function<TaskClaim, TaskWaiter> waiter) {
        TaskKey key = command.key();
        Admitted admitted = admission.admit(command, goal, waiter);
        Caller caller = admitted.caller();
        try {
            if (admitted.decision() == Decision.SEND) {
                enqueueNew(command, admitted.intent(), admitted.epoch(), caller);
            } else {
                carryOut(admitted.decision(), command, admitted.known(), caller);
            }
        } catch (RuntimeException | Error e) {
            caller.fail(SubmitExceptions.ledgerUnavailable(key, admitted.known().orElse(null), e));
        }
        // In this order: while the routes do not run, no submit begins to be sent.
        if (queue.isSuspended() && !isSending(key)) {
            // The stop came between the check above and the wait, and did not end this wait.
            caller.claim().endLateWait();
        }
    }

    private void proceed(SubmitCommand command, Optional<TaskRecord> known, InFlight inFlight, Caller caller) {
        carryOut(IdempotencyPolicy.decide(known, inFlight, command), command, known, caller);
    }

    /** Does what was decided about a key, now that an exchange waits for its task. */
    private void carryOut(Decision decision, SubmitCommand command, Optional<TaskRecord> known, Caller caller) {
        switch (decision) {
            case SEND -> {
                Optional<SubmitCommand> ahead = queue.reserve(command);
                if (ahead.isEmpty()) {
                    enqueueNew(command, null, NodeLease.NO_EPOCH, caller);
                } else {
                    proceed(command, known, SubmitAdmission.inFlight(command, ahead), caller);
                }
            }
            case JOIN -> join(command, caller);
            case FOLLOW -> earlier.follow(known.orElseThrow(), command);
            case RECOVER -> earlier.recover(known.orElseThrow(), command);
            case CONFLICT -> throw intents.conflict(command, known);
        }
    }

    /**
     * Looks again later, because another submit of the key is in flight. Here its outcome is notified; on another node, or if
     * it broke off, its outcome can only be read in the ledger.
     */
    private void join(SubmitCommand command, Caller caller) {
        http.executeAfter(UNTIL_NEXT_LOOK, () -> {
            if (caller.isWaiting()) {
                try (TaskScope scope = command.scope()) {
                    lookAgain(command, caller);
                }
            }
        });
    }

    private void lookAgain(SubmitCommand command, Caller caller) {
        TaskKey key = command.key();
        if (queue.contains(key)) {
            join(command, caller);
            return;
        }
        try {
            Optional<TaskRecord> known = intents.find(key);
            proceed(command, known, known.map(intents::inFlight).orElse(InFlight.NONE), caller);
        } catch (SoraException e) {
            caller.fail(e);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The ledger could not be read for key {}, which another submit uses, too; retrying in {} s",
                    key.key(),
                    UNTIL_NEXT_LOOK.toSeconds(),
                    e);
            join(command, caller);
        }
    }

    private void enqueueNew(SubmitCommand command, TaskRecord intent, long epoch, Caller caller) {
        try {
            Instant now = ledger.now();
            long order = permits.nextOrder(command.service());
            attempts.schedule(PendingSubmit.first(command, order, now, intent, epoch, caller), now);
        } catch (RuntimeException | Error e) {
            // It holds the place of its key, for which other submits would wait for ever.
            outcomes.unpaid(command, intent, SubmitExceptions.internalError(command.key(), e));
        }
    }

    /** Another submit has used the key since this one was queued. */
    private void keyTaken(PendingSubmit submit, TaskRecord standing) {
        SubmitCommand command = submit.command();
        try {
            proceed(command, Optional.of(standing), InFlight.MAYBE_ELSEWHERE, submit.caller());
        } catch (SoraException e) {
            outcomes.unpaid(command, null, e);
        } catch (RuntimeException | Error e) {
            outcomes.unpaid(command, null, SubmitExceptions.ledgerUnavailable(command.key(), standing, e));
        }
    }

    /** What submits would do. */
    public SubmitPlanner planner() {
        return planner;
    }

    /** What was submitted before under a key. */
    public EarlierSubmits earlier() {
        return earlier;
    }

    /** Fails all submits that wait to be sent, because the routes stop or are suspended. */
    public void failQueued() {
        queue.failQueued();
    }

    /**
     * Cancels the submit of a key that waits in this JVM to be sent, by command of an operator.
     *
     * @return false when none waits under the key; one that is being sent goes on
     */
    public boolean cancel(TaskKey key, String actor) {
        return queue.failQueued(key, SubmitExceptions.cancelled(key, actor));
    }

    /** Tells whether a submit of a key is queued or sent in this JVM. */
    public boolean isPending(TaskKey key) {
        return queue.contains(key);
    }

    /** Tells whether a submit of a key waits in this JVM to be sent. */
    public boolean isQueued(TaskKey key) {
        return queue.isWaiting(key);
    }

    /** How many submits wait in this JVM to be sent. */
    public int queued() {
        return queue.waiting(account -> true);
    }

    /** How many submits of an account wait in this JVM to be sent. */
    public int queued(String account) {
        return queue.waiting(account::equals);
    }

    /** Tells whether a request is on its way: from before its first byte until its answer is in the ledger. */
    public boolean isSending(TaskKey key) {
        return queue.isSending(key);
    }

    /** Tells whether any request is on its way, so that an answer may still come. */
    public boolean isSending() {
        return queue.isSending();
    }
}
