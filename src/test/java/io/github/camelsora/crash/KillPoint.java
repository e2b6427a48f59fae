package io.github.camelsora.crash;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;

/** The moments in the life of a task at which a JVM can die with it, in their order. */
enum KillPoint {
    /** The ledger has the intent; the request is not under way. */
    INTENT_WRITTEN(Place.LEDGER, TaskState.INTENT),
    /** The request has arrived at the service, which has not looked at it. */
    POST_HELD(Place.SERVICE, TaskState.INTENT),
    /** The service has accepted it, and its answer is under way. */
    ANSWER_HELD(Place.SERVICE, TaskState.INTENT),
    /** The ledger has the task's id. */
    ID_WRITTEN(Place.LEDGER, TaskState.RUNNING),
    /** The service was asked how the task is, and the answer is under way. */
    POLLING(Place.SERVICE, TaskState.RUNNING),
    /** The ledger has the result. */
    ENDED_WRITTEN(Place.LEDGER, TaskState.ENDED),
    /** {@code sora:tasks} has taken the result from the ledger; its route has not seen it. */
    DELIVERING(Place.LEDGER, TaskState.ENDED),
    /** A route downloads the video. */
    DOWNLOADING(Place.SERVICE, TaskState.ENDED),
    /** The route is done with the video, and the ledger does not know: what must be delivered twice. */
    DONE_UNWRITTEN(Place.LEDGER, TaskState.ENDED);

    /** Where a thread can be stopped to hold a task at this point. */
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

    /** What the ledger says of a task that has come here. */
    String state() {
        return state.name();
    }

    /** Tells whether a step of the ledger leads here, so that the JVM itself has to stop. */
    boolean isInLedger() {
        return place == Place.LEDGER;
    }

    /** Tells whether a step that is about to be written is this point. */
    boolean isBefore(TaskRecord next) {
        return this == DONE_UNWRITTEN && next.state() == TaskState.DELIVERED;
    }

    /** Tells whether a step that was written is this point. */
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
