package io.github.camelsora.api;

/**
 * The request is invalid, and sending it again would fail again. It was rejected before it was sent, or by the service (400, 404,
 * 405, 413, 415). Nothing was paid for this request. When {@code status}, {@code await} or {@code download} throws it, the step
 * is invalid and its task was paid for before; see {@link #getOutcome}.
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
