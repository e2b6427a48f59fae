package io.github.camelsora.simulator;

/** The field of a submit's answer that has the task id. {@link Envelope#DATA_LIST} always has it in {@code task_id}. */
public enum IdField {
    /** In {@code id}. */
    ID,
    /** In {@code task_id}. */
    TASK_ID,
    /** In both. */
    BOTH
}
