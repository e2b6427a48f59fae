package io.github.camelsora.api;

/**
 * The account has too few credits for this request (402, or another rejection that says so, 429 included). Nothing was paid for
 * this request. When a status query throws it, the task was paid for before.
 */
public class InsufficientCreditsException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public InsufficientCreditsException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
