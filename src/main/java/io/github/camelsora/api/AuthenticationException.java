package io.github.camelsora.api;

/**
 * The service rejects the API key (401, 403, or another rejection with such an error code). Nothing was paid for this request.
 */
public class AuthenticationException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public AuthenticationException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
