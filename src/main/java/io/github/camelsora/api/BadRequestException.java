package io.github.camelsora.api;

/**
 * The request is wrong and will be wrong again: refused here before it was sent, or by the service (400, 404, 405, 413,
 * 415). Nothing was paid for this request. When {@code status}, {@code await} or {@code download} ends with it, the step is
 * wrong, and the task that it is about was paid for before: {@link #getOutcome} tells.
 */
public class BadRequestException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public BadRequestException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
