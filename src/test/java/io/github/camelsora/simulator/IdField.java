package io.github.camelsora.simulator;

/** Where the answer to a submit has the id of its task; {@link Envelope#DATA_LIST} has it in {@code task_id} always. */
public enum IdField {
    /** In {@code id}. */
    ID,
    /** In {@code task_id} instead. */
    TASK_ID,
    /** In both. */
    BOTH
}
