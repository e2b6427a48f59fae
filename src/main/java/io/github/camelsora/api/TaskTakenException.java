package io.github.camelsora.api;

/** A record was to have a task that another record with a {@link TaskRecord#request} has. Nothing was written. */
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
