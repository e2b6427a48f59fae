package io.github.camelsora.api;

/**
 * The service does not know the task. For a task that was accepted a moment ago, a 404 first counts as replica lag, not as this
 * exception.
 */
public class TaskNotFoundException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public TaskNotFoundException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
