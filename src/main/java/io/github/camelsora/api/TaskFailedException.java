package io.github.camelsora.api;

/**
 * The task has ended without a video. This is its result: asking again gives the same answer, and a new try is a new
 * remix, under a new key, paid for again.
 */
public class TaskFailedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception from the result.
     *
     * @param task the task as it ended
     */
    public TaskFailedException(VideoTask task) {
        super(describe(task), About.seen(task), null);
    }

    private static String describe(VideoTask task) {
        String reason = task.errorMessage() == null ? "the service gave no reason" : task.errorMessage();
        String code = task.errorCode() == null ? "" : " (" + task.errorCode() + ")";
        return "Task " + task.id() + " ended as " + task.status() + ": " + reason + code
                + ". This is final; a new try needs a new request under a new key and is paid for again.";
    }
}
