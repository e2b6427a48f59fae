package io.github.camelsora.api;

import java.time.Instant;

/**
 * Observes tasks from their submit to their delivery, say to show progress. It is not a delivery: its exceptions are logged
 * and ignored, and no result depends on it. It is called by the threads that call the service or receive its events, several at
 * once, so it must be thread-safe and return quickly.
 */
@FunctionalInterface
public interface TaskListener {

    /**
     * The service has reported the state of a task: on acceptance, at each poll, and on completion.
     *
     * @param task the task, with its key
     */
    void seen(VideoTask task);

    /**
     * The same, with the time at which the task is expected to end. The component calls this method, which calls {@link
     * #seen(VideoTask)} unless the listener overrides it.
     *
     * @param task the task, with its key
     * @param expectedAt when it is expected to end, by how long similar tasks have taken, as in the header {@code
     *     CamelSoraExpectedAt}; null for a task that has ended, and while too few similar tasks have
     */
    default void seen(VideoTask task, Instant expectedAt) {
        seen(task);
    }

    /**
     * The state of a task has changed in the ledger, or an operator has acted on it. Called by the JVM that has written the change,
     * right after it, and for each change once; a change whose write the ledger did not confirm may be missing. Does nothing by
     * default. It must not block: the task goes on when it returns.
     *
     * @param info what has happened, and to which task
     */
    default void event(TaskEventInfo info) {}
}
