package io.github.camelsora.internal.ledger;

/**
 * A search was ended because it took the ledger too long. Either it was asked for too much, or all calls are slow: so it shows
 * neither that the ledger can be reached nor that it cannot.
 */
public final class SlowSearchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was ended, and what to do
     * @param cause the failure of the database
     */
    public SlowSearchException(String message, Throwable cause) {
        super(message, cause);
    }
}
