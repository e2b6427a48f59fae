package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.SubmitPlan.Effect;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.PauseExceptions;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.submit.IdempotencyPolicy.Decision;
import io.github.camelsora.internal.submit.IdempotencyPolicy.InFlight;
import io.github.camelsora.internal.submit.IntentLog.Limits;
import java.util.Optional;

/** Says what a submit would lead to now. Writes nothing and sends nothing. */
public final class SubmitPlanner {
    private final IntentLog intents;
    private final SubmitQueue queue;
    private final AccountPauses pauses;

    SubmitPlanner(IntentLog intents, SubmitQueue queue, AccountPauses pauses) {
        this.intents = intents;
        this.queue = queue;
        this.pauses = pauses;
    }

    /**
     * What a submit would lead to.
     *
     * @throws SoraException if the ledger is unavailable
     */
    public SubmitPlan plan(SubmitCommand command) {
        Read read = read(command);
        Decision decision = IdempotencyPolicy.decide(read.known(), read.inFlight(), command);
        return new SubmitPlan(
                command.request().operation().word(),
                command.request().toMap(),
                command.isNewKey() ? null : command.key().key(),
                effect(decision),
                read.known().map(TaskRecord::taskId).orElse(null),
                command.spending().price(),
                read.limits().left(),
                refusal(command, decision, read).orElse(null));
    }

    /** What the ledger says of a submit. */
    private record Read(Optional<TaskRecord> known, InFlight inFlight, Limits limits) {}

    private Read read(SubmitCommand command) {
        try {
            Optional<TaskRecord> known = command.isNewKey() ? Optional.empty() : intents.find(command.key());
            return new Read(known, inFlight(command, known), intents.limits(command));
        } catch (RuntimeException e) {
            throw SubmitExceptions.ledgerUnread(command.key(), command.isNewKey(), e);
        }
    }

    private static Effect effect(Decision decision) {
        return switch (decision) {
            case SEND -> Effect.SEND;
            case JOIN -> Effect.JOIN;
            case FOLLOW -> Effect.FOLLOW;
            case RECOVER -> Effect.RECOVER;
            case CONFLICT -> Effect.CONFLICT;
        };
    }

    private InFlight inFlight(SubmitCommand command, Optional<TaskRecord> known) {
        Optional<SubmitCommand> queued = queue.find(command.key());
        return queued.isPresent()
                ? SubmitAdmission.inFlight(command, queued)
                : known.map(intents::inFlight).orElse(InFlight.NONE);
    }

    private Optional<String> refusal(SubmitCommand command, Decision decision, Read read) {
        return switch (decision) {
            case CONFLICT -> Optional.of(command.conflict(read.known()).getMessage());
            case SEND -> failing(command).or(read.limits()::refusal).or(() -> waiting(command));
            case JOIN, FOLLOW, RECOVER -> Optional.empty();
        };
    }

    private Optional<String> failing(SubmitCommand command) {
        return pauses.failing(command.service())
                .map(pause -> PauseExceptions.paused(command.key(), pause).getMessage());
    }

    /** The limits come first: a submit that exceeds one does not wait. */
    private Optional<String> waiting(SubmitCommand command) {
        return pauses.of(command.service()).map(PauseExceptions::wouldWait);
    }
}
