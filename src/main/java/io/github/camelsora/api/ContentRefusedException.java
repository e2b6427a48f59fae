package io.github.camelsora.api;

/**
 * The service rejects the content of the request (422, or another rejection with such an error code). Nothing was paid. Change
 * the prompt or the source.
 */
public class ContentRefusedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public ContentRefusedException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
