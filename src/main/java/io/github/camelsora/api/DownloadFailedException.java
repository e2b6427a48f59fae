package io.github.camelsora.api;

/**
 * The video could not be downloaded or stored. It was paid for and is available until it expires: download it again.
 */
public class DownloadFailedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public DownloadFailedException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
