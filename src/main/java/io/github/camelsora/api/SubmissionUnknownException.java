package io.github.camelsora.api;

/**
 * A submit was sent and its answer was lost: the remix may run and may have been paid for. Never send it again under another
 * key. The record stays in the ledger.
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
