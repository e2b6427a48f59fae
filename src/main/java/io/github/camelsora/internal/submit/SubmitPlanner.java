package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.SubmitPlan.Effect;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.PauseExceptions;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.pause.AccountPauses;
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
        TaskKey key = command.key();
        try {
            Optional<TaskRecord> known = command.isNewKey() ? Optional.empty() : intents.find(key);
            Effect effect = Effect.valueOf(IdempotencyPolicy.decide(known, inFlight(command, known), command)
                    .name());
            Limits limits = intents.limits(command);
            return new SubmitPlan(
                    command.request().operation().word(),
                    command.request().toMap(),
                    command.isNewKey() ? null : key.key(),
                    effect,
                    known.map(TaskRecord::taskId).orElse(null),
                    command.spending().price(),
                    limits.left(),
                    refusal(command, effect, known, limits).orElse(null));
        } catch (RuntimeException e) {
            throw SubmitExceptions.ledgerUnread(key, command.isNewKey(), e);
        }
    }

    private InFlight inFlight(SubmitCommand command, Optional<TaskRecord> known) {
        Optional<SubmitCommand> queued = queue.find(command.key());
        return queued.isPresent()
                ? SubmitAdmission.inFlight(command, queued)
                : known.map(intents::inFlight).orElse(InFlight.NONE);
    }

    private Optional<String> refusal(SubmitCommand command, Effect effect, Optional<TaskRecord> known, Limits limits) {
        return switch (effect) {
            case CONFLICT -> Optional.of(command.conflict(known).getMessage());
            case SEND -> paused(command).or(limits::refusal);
            case JOIN, FOLLOW, RECOVER -> Optional.empty();
        };
    }

    private Optional<String> paused(SubmitCommand command) {
        return pauses.of(command.service())
                .map(pause -> PauseExceptions.paused(command.key(), pause).getMessage());
    }
}
