package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.PauseExceptions;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.submit.IdempotencyPolicy.Decision;
import io.github.camelsora.internal.submit.IdempotencyPolicy.InFlight;
import io.github.camelsora.internal.submit.IntentLog.Entry;
import io.github.camelsora.internal.submit.PendingSubmit.Caller;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitFailures;
import io.github.camelsora.internal.track.WaitHandle;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The first part of a submit, on the thread of its route: its claim, its place in the queue, what the ledger holds of its key,
 * the first decision of {@link IdempotencyPolicy}, and its wait. If one of them fails, or the decision is a conflict, the others
 * are undone and the submit fails at once.
 */
final class SubmitAdmission {
    private final NodeLease lease;
    private final TaskRegistry registry;
    private final WaitFailures failures;
    private final SubmitPermits permits;
    private final IntentLog intents;
    private final EarlierSubmits earlier;
    private final SubmitQueue queue;
    private final AccountPauses pauses;
    private final Supplier<Optional<String>> problem;
    private final Meters meters;

    SubmitAdmission(
            NodeLease lease,
            TaskRegistry registry,
            WaitFailures failures,
            SubmitPermits permits,
            IntentLog intents,
            EarlierSubmits earlier,
            SubmitQueue queue,
            AccountPauses pauses,
            Supplier<Optional<String>> problem,
            Meters meters) {
        this.lease = lease;
        this.registry = registry;
        this.failures = failures;
        this.permits = permits;
        this.intents = intents;
        this.earlier = earlier;
        this.queue = queue;
        this.pauses = pauses;
        this.problem = problem;
        this.meters = meters;
    }

    /**
     * A submit that an exchange waits for.
     *
     * @param decision what it leads to; it holds the place of its key in the queue if it is to be sent
     * @param known the record of an earlier submit under its key
     * @param intent its own intent; null while there is none
     * @param epoch the epoch of this node's lease when the intent was written
     */
    record Admitted(Decision decision, Optional<TaskRecord> known, TaskRecord intent, long epoch, Caller caller) {}

    /** Admits a submit; what it throws says what is known of earlier submits under the key. */
    Admitted admit(SubmitCommand command, Goal goal, Function<TaskClaim, TaskWaiter> newWaiter) {
        try {
            return admitOrThrow(command, goal, newWaiter);
        } catch (SoraException e) {
            meters.submitEnded(
                    command.key().account(), command.labels().origin().model(), SubmitOutcome.NOT_SENT);
            throw e;
        }
    }

    private Admitted admitOrThrow(SubmitCommand command, Goal goal, Function<TaskClaim, TaskWaiter> newWaiter) {
        // A redelivery while the routes stop must still find what was paid for.
        if (queue.isSuspended() && !earlier.isKnown(command.key())) {
            throw SubmitExceptions.suspended(command.key());
        }
        dropForgotten(command);
        TaskClaim claim = registry.claim(command.key(), command.service());
        TaskWaiter waiter = null;
        boolean isReserved = false;
        TaskRecord intent = null;
        boolean isIdle = permits.isIdle(command.service());
        long epoch = lease.epoch();
        try {
            waiter = newWaiter.apply(claim);
            Optional<SubmitCommand> ahead = queue.reserve(command);
            isReserved = ahead.isEmpty();
            Optional<Entry> entry = isReserved ? writeOrFind(command, isIdle) : Optional.empty();
            Optional<TaskRecord> known = entry.filter(e -> !e.isNew()).map(Entry::record);
            intent = entry.filter(Entry::isNew).map(Entry::record).orElse(null);
            Decision decision = IdempotencyPolicy.decide(known, inFlight(command, ahead), command);
            if (decision == Decision.CONFLICT) {
                throw intents.conflict(command, known);
            }
            WaitHandle wait = registry.await(
                    claim, goal, command.service().timeouts().completion(), command::conflictWith, waiter);
            if (isReserved && decision != Decision.SEND) {
                queue.cancel(command.key());
            }
            return new Admitted(decision, known, intent, epoch, new Caller(registry, claim, wait));
        } catch (RuntimeException | Error e) {
            if (intent != null) {
                intents.withdrawLater(intent, "the submit could not begin");
            }
            if (isReserved) {
                queue.cancel(command.key());
            }
            if (waiter != null) {
                waiter.onNotStarted();
            }
            claim.release();
            throw failure(command, e);
        }
    }

    static InFlight inFlight(SubmitCommand command, Optional<SubmitCommand> ahead) {
        return ahead.map(other -> other.isSameRequestAs(command) ? InFlight.SAME_REQUEST : InFlight.OTHER_REQUEST)
                .orElse(InFlight.MAYBE_ELSEWHERE);
    }

    /** The intent of a submit that must wait is written with its permit: until then a crash must leave nothing to recover. */
    private Optional<Entry> writeOrFind(SubmitCommand command, boolean isIdle) {
        Optional<SoraException> reason = refusal(command);
        if (reason.isEmpty() && isIdle) {
            return Optional.of(intents.write(command));
        }
        Optional<Entry> known = reason.isEmpty() && command.isNewKey()
                ? Optional.empty()
                : intents.find(command.key()).map(record -> new Entry(record, false));
        if (known.isEmpty() && reason.isPresent()) {
            throw reason.get();
        }
        if (known.isEmpty()) {
            intents.checkLimits(command);
        }
        return known;
    }

    /** Why a new submit fails at once. */
    private Optional<SoraException> refusal(SubmitCommand command) {
        return problem.get()
                .map(text -> SubmitExceptions.notFollowed(command.key(), text))
                .or(() -> pauses.failing(command.service()).map(pause -> PauseExceptions.paused(command.key(), pause)));
    }

    private SoraException failure(SubmitCommand command, Throwable cause) {
        if (cause instanceof SoraException reason) {
            return reason;
        }
        return cause instanceof IllegalArgumentException invalid
                ? SubmitExceptions.notStorable(command.key(), invalid)
                : ledgerUnread(command, cause);
    }

    private void dropForgotten(SubmitCommand command) {
        try {
            failures.dropForgotten(command.key());
        } catch (RuntimeException e) {
            throw ledgerUnread(command, e);
        }
    }

    /** The ledger could not be read; if this node follows a task of the key, an earlier submit was accepted. */
    private SoraException ledgerUnread(SubmitCommand command, Throwable cause) {
        return registry.remembered(command.key())
                .map(known -> SubmitExceptions.ledgerUnavailable(command.key(), known, cause))
                .orElseGet(() -> SubmitExceptions.ledgerUnread(command.key(), command.isNewKey(), cause));
    }
}
