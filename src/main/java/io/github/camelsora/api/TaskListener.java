package io.github.camelsora.api;

/**
 * Observes tasks from their acceptance to their completion, say to show progress. It is not a delivery: its exceptions are logged
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
}
