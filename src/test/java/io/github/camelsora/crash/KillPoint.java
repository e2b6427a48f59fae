package io.github.camelsora.crash;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;

/** The points in the life of a task at which its JVM is killed, in order. */
enum KillPoint {
    /** The ledger has the intent; the request is not sent. */
    INTENT_WRITTEN(Place.LEDGER, TaskState.INTENT),
    /** The service has received the request and not processed it. */
    POST_HELD(Place.SERVICE, TaskState.INTENT),
    /** The service has accepted the submit, and its answer is on the way. */
    ANSWER_HELD(Place.SERVICE, TaskState.INTENT),
    /** The ledger has the task's id. */
    ID_WRITTEN(Place.LEDGER, TaskState.RUNNING),
    /** A poll has reached the service, and the answer is on the way. */
    POLLING(Place.SERVICE, TaskState.RUNNING),
    /** The ledger has the result. */
    ENDED_WRITTEN(Place.LEDGER, TaskState.ENDED),
    /** {@code sora:tasks} has claimed the result; its route has not received it. */
    DELIVERING(Place.LEDGER, TaskState.ENDED),
    /** A route downloads the video. */
    DOWNLOADING(Place.SERVICE, TaskState.ENDED),
    /** The route is done with the video, and the ledger has no record of it: this task has to be delivered twice. */
    DONE_UNWRITTEN(Place.LEDGER, TaskState.ENDED);

    /** Where a task can be held at this point. */
    enum Place {
        LEDGER,
        SERVICE
    }

    private final Place place;
    private final TaskState state;

    KillPoint(Place place, TaskState state) {
        this.place = place;
        this.state = state;
    }

    /** The state in the ledger of a task at this point. */
    String state() {
        return state.name();
    }

    /** Tells whether a write to the ledger leads here, so that a thread of the node has to be halted. */
    boolean isInLedger() {
        return place == Place.LEDGER;
    }

    /** Tells whether this point is before a write. */
    boolean isBefore(TaskRecord next) {
        return this == DONE_UNWRITTEN && next.state() == TaskState.DELIVERED;
    }

    /** Tells whether this point is after a write. */
    boolean isAfter(TaskRecord standing, TaskRecord written) {
        boolean isStep = standing.state() != written.state();
        return switch (this) {
            case ID_WRITTEN -> isStep && written.state() == TaskState.RUNNING;
            case ENDED_WRITTEN -> isStep && written.state() == TaskState.ENDED;
            case DELIVERING ->
                written.state() == TaskState.ENDED && standing.due().nextDelivery() != null && written.owner() != null;
            default -> false;
        };
    }
}
