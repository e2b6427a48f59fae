package io.github.camelsora.simulator;

/** The documented states of a task, with their words on the wire. */
public enum TaskState {
    /** Accepted, not started. */
    QUEUED("queued"),
    /** Started; its progress rises. */
    IN_PROGRESS("in_progress"),
    /** Ended with a video. */
    COMPLETED("completed"),
    /** Ended without a video. */
    FAILED("failed");

    private final String word;

    TaskState(String word) {
        this.word = word;
    }

    /** {@return the documented word for this state} */
    public String word() {
        return word;
    }

    /** {@return true if a task in this state never changes again} */
    public boolean isEnded() {
        return this == COMPLETED || this == FAILED;
    }
}
