package io.github.camelsora.api;

/**
 * The task has ended without a video. This is its final result: the same key gives the same failure again. A new attempt needs a
 * new key and is paid for again.
 */
public class TaskFailedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception from the failed task.
     *
     * @param task the failed task
     */
    public TaskFailedException(VideoTask task) {
        super(describe(task), About.seen(task), null);
    }

    private static String describe(VideoTask task) {
        String reason = task.errorMessage() == null ? "the service gave no reason" : task.errorMessage();
        String code = task.errorCode() == null ? "" : " (" + task.errorCode() + ")";
        return "Task " + task.id() + " ended as " + task.status() + ": " + reason + code
                + ". This is final; a new attempt needs a new key and is paid for again.";
    }
}
