package io.github.camelsora.api;

/**
 * The wait for a task has ended because the route or the context stops, or the context is suspended. The task continues. Its
 * result is delivered after a resume, or, where the ledger is durable, by the next JVM.
 */
public class WaitParkedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public WaitParkedException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
