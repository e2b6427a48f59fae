package io.github.camelsora.api;

/**
 * A submit was sent and its answer was lost: the task may be running and paid for. Never send the request again under another
 * key. The record stays in the ledger, and {@code sora:tasks} delivers the task if it is found.
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
