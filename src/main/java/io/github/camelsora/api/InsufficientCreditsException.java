package io.github.camelsora.api;

/**
 * The account has no credits left for this request (402, or another refusal that says so, 429 included). Nothing was paid for
 * this request; when a question for a task is refused, the task was paid for before.
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
