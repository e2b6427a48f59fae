package io.github.camelsora.api;

/**
 * The wait for a task has timed out. The task continues: it stays in the ledger and is tracked, and {@code sora:tasks} delivers its
 * result.
 */
public class WaitTimedOutException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public WaitTimedOutException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
