package io.github.camelsora.internal.submit;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.PauseExceptions;
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
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.toapis.SubmitAnswer.NotAccepted.Kind;
import io.github.camelsora.internal.trace.TaskScope;
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
import org.slf4j.event.Level;

/**
 * Submits requests, each under its key. {@link IdempotencyPolicy} decides what a known key leads to: first in {@link
 * SubmitAdmission}, while the call of the route lasts, and here again when more is known of the key. This is the one place that
 * carries that out, and that decides what the result of a {@link SubmitAttempt} leads to.
 */
public final class SubmitService {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitService.class);

    private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TaskRegistry registry;
    private final TaskIdentity identity;
    private final RateLimitedClient client;
    private final RetryingExecutor http;
    private final AccountPauses pauses;
    private final Supplier<Optional<String>> problem;
    private final SubmitPermits permits;
    private final IntentLog intents;
    private final EarlierSubmits earlier;
    private final SubmitQueue queue;
    private final SubmitAdmission admission;
    private final OutcomeRecorder outcomes;
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
        this.lease = lease;
        this.registry = registry;
        this.identity = identity;
        this.client = client;
        this.http = http;
        this.pauses = pauses;
        this.problem = problem;
        this.permits = new SubmitPermits(client);
        this.intents = new IntentLog(ledger, writer, lease.node(), retries);
        this.earlier = new EarlierSubmits(intents, writer, polls, recovery);
        this.queue = new SubmitQueue(ledger, timers, permits, phase, pauses, registry::endLateWaits);
        this.admission = new SubmitAdmission(
                lease, registry, failures, permits, intents, earlier, queue, pauses, problem, meters);
        this.planner = new SubmitPlanner(intents, queue, pauses);
        pauses.onFailing(queue::failPaused);
        this.outcomes = new OutcomeRecorder(
                ledger, writer, registry, failures, polls, recovery, queue, intents, retries, meters);
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
                try (TaskScope scope = scope(command)) {
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
            enqueue(PendingSubmit.first(command, order, now, intent, epoch, caller), now);
        } catch (RuntimeException | Error e) {
            // It holds the place of its key, for which other submits would wait for ever.
            outcomes.unpaid(command, intent, SubmitExceptions.internalError(command.key(), e));
        }
    }

    private void enqueue(PendingSubmit submit, Instant when) {
        SubmitAttempt attempt =
                new SubmitAttempt(intents, lease, registry, identity, permits, pauses, client.spans(), submit);
        LastResort lastResort = new LastResort(submit.command(), attempt, outcomes, http);
        queue.enqueue(
                submit,
                when,
                () -> {
                    try (TaskScope scope = scope(submit.command())) {
                        send(submit, attempt, lastResort);
                    }
                },
                reason -> {
                    try (TaskScope scope = scope(submit.command())) {
                        conclude(submit, submit.withheld(reason));
                    }
                });
    }

    private static TaskScope scope(SubmitCommand command) {
        return TaskScope.of(command.key().key(), null, command.labels().origin().correlationId());
    }

    /** Sends a request that has its permit. */
    private void send(PendingSubmit submit, SubmitAttempt attempt, LastResort lastResort) {
        try {
            conclude(submit, obstacle(submit).orElseGet(attempt::run));
        } catch (Throwable e) {
            lastResort.failed(e);
        }
    }

    /** Why a request is not sent although it has its permit. */
    private Optional<SubmitResult> obstacle(PendingSubmit submit) {
        // Exchanges that wait no longer have failed with the reason that nothing was sent.
        boolean isTooLate = ledger.now().isAfter(submit.deadline()) || !registry.isAwaited(submit.key());
        Optional<SoraException> reason = isTooLate
                ? Optional.of(queue.outOfTime(submit))
                : problem.get().map(text -> SubmitExceptions.notFollowed(submit.key(), text));
        return reason.map(submit::withheld).or(() -> pauses.of(submit.command().service())
                .map(pause -> new SubmitResult.Paused(submit.intent(), pause)));
    }

    /** What the result of an attempt leads to. */
    private void conclude(PendingSubmit submit, SubmitResult result) {
        SubmitCommand command = submit.command();
        if (result instanceof SubmitResult.Accepted accepted) {
            permits.letThrough(command.service());
            outcomes.accepted(command, accepted);
        } else if (result instanceof SubmitResult.Rejected rejected) {
            permits.letThrough(command.service());
            if (rejected.problem() != null) {
                pauses.begin(
                        command.service(),
                        rejected.problem(),
                        rejected.reason().getMessage(),
                        command.spending().price());
            }
            outcomes.rejected(command, rejected);
        } else if (result instanceof SubmitResult.RetryLater later) {
            retryLater(submit, later);
        } else if (result instanceof SubmitResult.Lost lost) {
            outcomes.lost(command, lost);
        } else if (result instanceof SubmitResult.KeyTaken keyTaken) {
            keyTaken(submit, keyTaken.standing());
        } else if (result instanceof SubmitResult.Paused paused) {
            paused(submit, paused);
        } else if (result instanceof SubmitResult.Withheld withheld) {
            outcomes.unpaid(command, withheld.intent(), withheld.reason());
        }
    }

    private void retryLater(PendingSubmit submit, SubmitResult.RetryLater result) {
        TaskKey key = submit.key();
        SubmitAnswer.NotAccepted answer = result.answer();
        Duration pause = permits.pauseAfter(submit, result);
        Instant now = ledger.now();
        // Before the deadline there would be no other attempt.
        if (pause.compareTo(Duration.between(now, submit.deadline())) > 0) {
            outcomes.unpaid(submit.command(), result.intent(), SubmitExceptions.notAccepted(key, answer));
            return;
        }
        // The log of outages reports that there is no connection, once for all submits.
        LOG.atLevel(answer.kind() == Kind.NO_CONNECTION ? Level.DEBUG : Level.INFO)
                .log(
                        "Submit of key {} was not accepted and is sent again in {} s: {}",
                        key.key(),
                        pause.toSeconds(),
                        answer.reason());
        boolean isWithdrawn = outcomes.withdraw(result.intent(), answer.kind().name());
        enqueue(submit.after(answer, isWithdrawn ? null : result.intent()), now.plus(pause));
    }

    /** An account was paused after the submit had got its permit. */
    private void paused(PendingSubmit submit, SubmitResult.Paused result) {
        TaskRecord intent = result.intent();
        if (!result.pause().isByOperator()) {
            outcomes.unpaid(submit.command(), intent, PauseExceptions.paused(submit.key(), result.pause()));
            return;
        }
        // A pause may be long, and a crash during it must not leave an intent that looks as if it had been sent.
        boolean isWithdrawn = intent == null || outcomes.withdraw(intent, "the account is paused");
        enqueue(submit.again(isWithdrawn ? null : intent), ledger.now());
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
