package io.github.camelsora.api;

/**
 * An operator has cancelled a submit that waited to be sent. Nothing was sent and nothing was paid. It is a type of its own so that
 * an error handler which repeats what was not sent does not repeat it.
 */
public class SubmitCancelledException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the message
     * @param about what it is about
     * @param cause the cause, or null
     */
    public SubmitCancelledException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
