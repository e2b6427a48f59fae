package io.github.camelsora.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of a record in the ledger. {@link TaskStatus} is what the service reports.
 */
public enum TaskState {
    /** Written before the request is sent. After a crash it means that the outcome is unknown. */
    INTENT,
    /** Sent, and the answer was lost. The task may be running and paid for, so the request is never sent again. */
    UNKNOWN,
    /** Accepted: it has a task id and is polled until it completes. */
    RUNNING,
    /** Completed; the record has the result, which is not delivered yet. */
    ENDED,
    /** The result was delivered. The record is kept for a while, so that its key still returns the result. */
    DELIVERED,
    /** Tracked for too long, or its delivery failed too often. An operator decides. */
    SET_ASIDE,
    /** Not sent, or rejected: nothing was paid, and the key may be used again. */
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
     * Tells whether {@link TaskLedger#replace} may take a record from this state to another. An ended task never runs again,
     * which is what makes a late poll or a doubled webhook harmless.
     *
     * <p>These steps leave out two changes: a result whose address was found, which {@code replace} allows, too ({@link
     * TaskRecord#isAddressFoundIn}), and what {@link TaskLedger#forget} removes or puts in the place of a record.
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
            case SET_ASIDE -> EnumSet.of(UNKNOWN, RUNNING, ENDED, DELIVERED);
            case REJECTED -> EnumSet.of(INTENT);
            case DELIVERED -> EnumSet.noneOf(TaskState.class);
        };
    }
}
