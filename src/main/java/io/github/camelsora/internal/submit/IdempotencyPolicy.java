package io.github.camelsora.internal.submit;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.util.Optional;

/**
 * Decides what a submit leads to, by the record of its key and by what is in flight under it: a key is paid for once. The
 * decision is a function of its arguments only.
 */
final class IdempotencyPolicy {
    private IdempotencyPolicy() {}

    /** What a submit leads to. */
    enum Decision {
        /** Nothing was paid under the key: the request is sent. */
        SEND,
        /** Another submit of the request is in flight: its outcome is waited for. */
        JOIN,
        /** The request was accepted before: its task is followed, or its result is answered. */
        FOLLOW,
        /** The request was sent before and its answer was lost: it is searched for. */
        RECOVER,
        /** The key was used for another request, or at another service: the submit fails. */
        CONFLICT
    }

    /** What is known of other submits in flight under the key. */
    enum InFlight {
        /** None is in flight: an intent in the ledger was left by one that broke off. */
        NONE,
        /** None is in flight on this node; the one of an intent in the ledger may be on another, or may be withdrawn soon. */
        MAYBE_ELSEWHERE,
        /** This node queues or sends the same request. */
        SAME_REQUEST,
        /** This node queues or sends a different request. */
        OTHER_REQUEST
    }

    /**
     * Decides about one submit.
     *
     * @param record the record of its key, as far as it was read
     * @param inFlight what is known of other submits under the key
     * @param request the submit
     */
    static Decision decide(Optional<TaskRecord> record, InFlight inFlight, SubmitCommand request) {
        if (inFlight == InFlight.OTHER_REQUEST
                || record.flatMap(request::conflictWith).isPresent()) {
            return Decision.CONFLICT;
        }
        TaskState state = record.map(TaskRecord::state).orElse(TaskState.REJECTED);
        return switch (state) {
            case REJECTED -> inFlight == InFlight.SAME_REQUEST ? Decision.JOIN : Decision.SEND;
            case INTENT -> inFlight == InFlight.NONE ? Decision.RECOVER : Decision.JOIN;
            case UNKNOWN -> Decision.RECOVER;
            case SET_ASIDE -> record.get().taskId() == null ? Decision.RECOVER : Decision.FOLLOW;
            case RUNNING, ENDED, DELIVERED -> Decision.FOLLOW;
        };
    }
}
