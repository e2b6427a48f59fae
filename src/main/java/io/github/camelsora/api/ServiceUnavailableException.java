package io.github.camelsora.api;

/**
 * The service could not be reached, is not in a state to answer, or takes no more work, or the ledger could not be used.
 * Nothing was sent to be paid for now. What may have been paid for before under the same key, or is asked for, is what
 * {@link #getOutcome} tells.
 */
public class ServiceUnavailableException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public ServiceUnavailableException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
