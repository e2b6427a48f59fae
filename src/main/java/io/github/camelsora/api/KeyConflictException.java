package io.github.camelsora.api;

/**
 * A key was used again for a different request, or for the same one at another base URL. Nothing was sent; the key still
 * belongs to the first request.
 */
public class KeyConflictException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public KeyConflictException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
