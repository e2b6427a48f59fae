package io.github.camelsora.api;

/**
 * The base of all exceptions of this component. Each tells which task it is about and whether its request may be sent
 * again. Messages never hold the API key nor the query of a signed address.
 */
public abstract class SoraException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Our key of the task; may be null. */
    private final String taskKey;

    /** The service's id of the task; may be null. */
    private final String taskId;

    /** What became of the submit. */
    private final SubmitOutcome outcome;

    private final transient VideoTask task;

    /**
     * For subclasses.
     *
     * @param message what happened, to which task, and what is safe to do now
     * @param about the task it happened to
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
     * @param outcome what became of its submit
     * @param taskKey our key of it; null when there is none
     * @param taskId the service's id of it; null when there is none
     * @param task the task as it was last seen; null when it was not
     */
    public record About(SubmitOutcome outcome, String taskKey, String taskId, VideoTask task) {

        /** A request that never left: it has neither key nor id. */
        public static final About NOTHING_SENT = new About(SubmitOutcome.NOT_SENT, null, null);

        /**
         * A task that was not seen.
         *
         * @param outcome what became of its submit
         * @param taskKey our key of it; null when there is none
         * @param taskId the service's id of it; null when there is none
         */
        public About(SubmitOutcome outcome, String taskKey, String taskId) {
            this(outcome, taskKey, taskId, null);
        }

        /**
         * A task that the service has accepted, and that was seen.
         *
         * @param task the task as it was last seen
         * @return what to say of it
         */
        public static About seen(VideoTask task) {
            return new About(SubmitOutcome.ACCEPTED, task.key(), task.id(), task);
        }

        /**
         * A task that the service has accepted.
         *
         * @param taskKey our key of it; may be null
         * @param taskId the service's id of it
         * @return what to say of it
         */
        public static About accepted(String taskKey, String taskId) {
            return new About(SubmitOutcome.ACCEPTED, taskKey, taskId);
        }
    }

    /**
     * Our key of the task, by which it is found in the ledger.
     *
     * @return the key; null when the request did not get as far as having one
     */
    public String getTaskKey() {
        return taskKey;
    }

    /**
     * The service's id of the task.
     *
     * @return the id; null when the service gave none or its answer was lost
     */
    public String getTaskId() {
        return taskId;
    }

    /**
     * What became of the submit.
     *
     * @return the outcome, never null
     */
    public SubmitOutcome getOutcome() {
        return outcome;
    }

    /**
     * The task as it was last seen.
     *
     * @return the task; null when it was not seen, or on an exception that was serialized
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
