package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.PauseExceptions;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.toapis.SubmitAnswer.NotAccepted.Kind;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Queues the attempts of submits, and decides what the result of each leads to: an outcome, or another attempt. A {@link
 * SubmitAttempt} runs with a permit, on the HTTP pool.
 */
final class AttemptScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptScheduler.class);

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
    private final SubmitQueue queue;
    private final OutcomeRecorder outcomes;
    private final BiConsumer<PendingSubmit, TaskRecord> onKeyTaken;

    /**
     * Creates it.
     *
     * @param onKeyTaken receives a submit whose key another one has used since it was queued, and the record of that key
     */
    AttemptScheduler(
            TaskLedger ledger,
            NodeLease lease,
            TaskRegistry registry,
            TaskIdentity identity,
            RateLimitedClient client,
            RetryingExecutor http,
            AccountPauses pauses,
            Supplier<Optional<String>> problem,
            SubmitPermits permits,
            IntentLog intents,
            SubmitQueue queue,
            OutcomeRecorder outcomes,
            BiConsumer<PendingSubmit, TaskRecord> onKeyTaken) {
        this.ledger = ledger;
        this.lease = lease;
        this.registry = registry;
        this.identity = identity;
        this.client = client;
        this.http = http;
        this.pauses = pauses;
        this.problem = problem;
        this.permits = permits;
        this.intents = intents;
        this.queue = queue;
        this.outcomes = outcomes;
        this.onKeyTaken = onKeyTaken;
    }

    /**
     * Queues the next attempt of a submit.
     *
     * @param when from when on it may be sent
     */
    void schedule(PendingSubmit submit, Instant when) {
        SubmitAttempt attempt =
                new SubmitAttempt(intents, lease, registry, identity, permits, pauses, client.spans(), submit);
        LastResort lastResort = new LastResort(submit.command(), attempt, outcomes, http);
        queue.enqueue(
                submit,
                when,
                () -> {
                    try (TaskScope scope = submit.command().scope()) {
                        send(submit, attempt, lastResort);
                    }
                },
                reason -> {
                    try (TaskScope scope = submit.command().scope()) {
                        conclude(submit, submit.withheld(reason));
                    }
                });
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
            onKeyTaken.accept(submit, keyTaken.standing());
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
        schedule(submit.after(answer, isWithdrawn ? null : result.intent()), now.plus(pause));
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
        schedule(submit.again(isWithdrawn ? null : intent), ledger.now());
    }
}
