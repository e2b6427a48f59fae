package io.github.camelsora.api;

/**
 * The task has completed, but its video can no longer be downloaded: the service keeps it for 24 hours, or its host has said
 * for ten minutes that it is not there.
 */
public class ResultExpiredException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public ResultExpiredException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
