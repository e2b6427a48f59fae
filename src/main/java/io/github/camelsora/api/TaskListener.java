package io.github.camelsora.api;

/**
 * Watches tasks from their acceptance to their end, say to show progress. It only sees: nothing waits for it, its
 * exceptions are logged and go no further, and it is not the delivery of a result. Called by the threads that speak to the
 * service, so it must return quickly.
 */
@FunctionalInterface
public interface TaskListener {

    /**
     * The service has told where a task stands: when it was accepted, at each poll, and when it ended.
     *
     * @param task the task with our key
     */
    void seen(VideoTask task);
}
