package io.github.camelsora.api;

/**
 * The service could not be reached, cannot answer or accepts no more work, or the ledger could not be used. This call has paid
 * for nothing. {@link #getOutcome} tells what may have been paid for before under the same key, or for the queried task.
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
