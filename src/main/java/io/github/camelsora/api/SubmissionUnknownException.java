package io.github.camelsora.api;

/**
 * A submit was sent and its answer was lost: the task may be running and paid for. Never send the request again under another
 * key. The record stays in the ledger, and {@code sora:tasks} delivers the task if it is found.
 *
 * <p>The same if the answer came and the ledger could not record its task id. Then {@link #getOutcome} is {@link
 * SubmitOutcome#ACCEPTED}, and {@link #getTaskId} has the id: keep it, and wait for the task with {@code sora:await}.
 */
public class SubmissionUnknownException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public SubmissionUnknownException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
