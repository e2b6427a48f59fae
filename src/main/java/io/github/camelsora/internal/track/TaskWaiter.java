package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;

/**
 * Waits for a task without a thread. Exactly one of {@link #onReached} and {@link #onFailed} is called, once, on the
 * route pool; neither of them when the wait was rejected before it began.
 */
public interface TaskWaiter {

    /** What a waiter waits for. */
    enum Goal {
        /** That the service has accepted the task and it has an id. */
        ACCEPTED,
        /** That the task has ended. */
        ENDED
    }

    /**
     * The goal is reached.
     *
     * @param task the task as it was seen then; for {@link Goal#ENDED} the result, whether it has a video or not
     */
    void onReached(VideoTask task);

    /**
     * The wait has ended without its goal.
     *
     * @param reason why, and what became of the task
     */
    void onFailed(SoraException reason);

    /** The wait was rejected before it began; the caller gets the reason as an exception, and no other method is called. */
    default void onNotStarted() {}
}
