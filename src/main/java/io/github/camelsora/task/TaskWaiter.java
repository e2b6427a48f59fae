package io.github.camelsora.task;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;

/** Somebody who waits for a task without a thread. Exactly one of its methods is called, once, on the route pool. */
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
     * @param task the task as it was seen then; for {@link Goal#ENDED} the verdict, whether it has a video or not
     */
    void reached(VideoTask task);

    /**
     * The wait has ended without its goal.
     *
     * @param reason why, and what became of the task
     */
    void failed(SoraException reason);
}
