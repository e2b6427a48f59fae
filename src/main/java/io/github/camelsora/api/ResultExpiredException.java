package io.github.camelsora.api;

/**
 * The task has completed, but its video can no longer be downloaded: it has expired (the service keeps videos for 24 hours), or
 * its host has reported it as missing for ten minutes. With the outcome NOT_SENT: a submit was refused, because the address of
 * such a video was its source.
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
