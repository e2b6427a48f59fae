package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.LedgerWrite;

/** A task was to be that of one record only ({@link LedgerWrite#isOnlyOfTask}), and another one has it. Nothing was written. */
public final class TaskTakenException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param taskId the task
     * @param otherKey the key of the record that has it
     */
    public TaskTakenException(String taskId, String otherKey) {
        super("task " + taskId + " is that of key " + otherKey);
    }
}
