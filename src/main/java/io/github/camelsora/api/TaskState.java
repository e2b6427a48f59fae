package io.github.camelsora.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of a record in the ledger: what we know of a task that may have cost money. {@link TaskStatus} is what the
 * service says of it.
 */
public enum TaskState {
    /** About to be sent; written before the first byte leaves. Found after a crash, it means the outcome is unknown. */
    INTENT,
    /** Sent, and the answer was lost. It may run and may have been paid for, so it is never sent again. */
    UNKNOWN,
    /** Accepted: it has a task id and is polled until it ends. */
    RUNNING,
    /** Ended; the result is in the record and waits for a taker. */
    ENDED,
    /** Its result was taken. Kept for a while, so that its key still answers. */
    DELIVERED,
    /** Given up for now: tracked too long, or no taker could be found. An operator decides. */
    SET_ASIDE,
    /** Never sent or refused: nothing was paid, and the key may be used again. */
    REJECTED;

    /**
     * Tells whether the task may still be running at the service.
     *
     * @return true for {@link #INTENT}, {@link #UNKNOWN} and {@link #RUNNING}
     */
    public boolean isOpen() {
        return this == INTENT || this == UNKNOWN || this == RUNNING;
    }

    /**
     * Tells whether a record may go from this state to another. An ended task never runs again, which is what makes a
     * late poll or a doubled webhook harmless.
     *
     * @param next the state to go to; staying in a state is always allowed
     * @return true when the step is allowed
     */
    public boolean canBecome(TaskState next) {
        return this == next || successors().contains(next);
    }

    private Set<TaskState> successors() {
        return switch (this) {
            case INTENT -> EnumSet.of(UNKNOWN, RUNNING, ENDED, REJECTED);
            case UNKNOWN -> EnumSet.of(RUNNING, ENDED, SET_ASIDE);
            case RUNNING -> EnumSet.of(ENDED, SET_ASIDE);
            case ENDED -> EnumSet.of(DELIVERED, SET_ASIDE);
            case SET_ASIDE -> EnumSet.of(UNKNOWN, RUNNING, ENDED);
            case REJECTED -> EnumSet.of(INTENT);
            case DELIVERED -> EnumSet.noneOf(TaskState.class);
        };
    }
}
