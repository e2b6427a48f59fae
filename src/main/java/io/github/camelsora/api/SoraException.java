package io.github.camelsora.api;

/**
 * The base of all exceptions of this component. Each has the key and id of its task as far as known, and the outcome of the
 * submit, which decides whether the request may be sent again. Messages never contain the API key or the query of a signed
 * address.
 */
public abstract class SoraException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The key of the task; may be null. */
    private final String taskKey;

    /** The service's id of the task; may be null. */
    private final String taskId;

    /** The outcome of the submit. */
    private final SubmitOutcome outcome;

    private final transient VideoTask task;

    /**
     * For subclasses.
     *
     * @param message what happened, to which task, whether anything was paid, and what to do now
     * @param about the task that the exception is about
     * @param cause the exception behind it; may be null
     */
    protected SoraException(String message, About about, Throwable cause) {
        super(message, cause);
        this.taskKey = about.taskKey();
        this.taskId = about.taskId();
        this.outcome = about.outcome();
        this.task = about.task();
    }

    /**
     * The task that an exception is about.
     *
     * @param outcome the outcome of its submit
     * @param taskKey its key; null when there is none
     * @param taskId the service's id of it; null when there is none
     * @param task the task as last seen; null when it was never seen
     */
    public record About(SubmitOutcome outcome, String taskKey, String taskId, VideoTask task) {

        /** A request that was never sent, without key and id. */
        public static final About NOTHING_SENT = new About(SubmitOutcome.NOT_SENT, null, null);

        /**
         * Describes a task that was never seen.
         *
         * @param outcome the outcome of its submit
         * @param taskKey its key; null when there is none
         * @param taskId the service's id of it; null when there is none
         */
        public About(SubmitOutcome outcome, String taskKey, String taskId) {
            this(outcome, taskKey, taskId, null);
        }

        /**
         * Describes a task that the service has accepted and that was seen.
         *
         * @param task the task as last seen
         * @return its description
         */
        public static About seen(VideoTask task) {
            return new About(SubmitOutcome.ACCEPTED, task.key(), task.id(), task);
        }

        /**
         * Describes a task that the service has accepted.
         *
         * @param taskKey its key; may be null
         * @param taskId the service's id of it
         * @return its description
         */
        public static About accepted(String taskKey, String taskId) {
            return new About(SubmitOutcome.ACCEPTED, taskKey, taskId);
        }
    }

    /**
     * The key of the task in the ledger.
     *
     * @return the key; null when the request failed before it had one
     */
    public String getTaskKey() {
        return taskKey;
    }

    /**
     * The service's id of the task.
     *
     * @return the id; null when the service gave none, or its answer was lost
     */
    public String getTaskId() {
        return taskId;
    }

    /**
     * The outcome of the submit.
     *
     * @return the outcome, never null
     */
    public SubmitOutcome getOutcome() {
        return outcome;
    }

    /**
     * The task as last seen.
     *
     * @return the task; null when it was never seen, or when the exception was deserialized
     */
    public VideoTask getTask() {
        return task;
    }

    /**
     * Tells whether the same request can be sent again without paying twice.
     *
     * @return true when nothing was accepted
     */
    public boolean isSafeToResend() {
        return outcome.isSafeToResend();
    }
}
