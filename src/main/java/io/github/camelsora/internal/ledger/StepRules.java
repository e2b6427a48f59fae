package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which steps of a record a ledger allows: those of {@link TransitionTable} that are written by replacing. All ledgers share them
 * as a last line of defence, so that none is laxer with what was paid for.
 */
public final class StepRules {
    private StepRules() {}

    /**
     * Rejects a step that is not allowed.
     *
     * @param standing the record as it stands
     * @param next what it would become
     * @throws IllegalStateException if the step is not allowed, or the result would change
     */
    public static void check(TaskRecord standing, TaskRecord next) {
        if (standing.isAddressFoundIn(next)) {
            return;
        }
        if (!TransitionTable.isReplacement(standing.state(), next.state())) {
            throw new IllegalStateException(standing + " cannot become " + next.state());
        }
        if (standing.result() != null && next.state().isOpen()) {
            throw new IllegalStateException(standing + " has ended and cannot run again");
        }
        if (standing.result() != null && !Objects.equals(standing.result(), next.result())) {
            throw new IllegalStateException("The result of " + standing + " cannot change");
        }
    }

    /** The states from which a record may come to a state, that state among them. */
    public static Stream<TaskState> before(TaskState next) {
        return Stream.of(TaskState.values()).filter(state -> TransitionTable.isReplacement(state, next));
    }
}
