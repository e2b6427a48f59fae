package io.github.camelsora.simulator;

/** The documented types of webhook events, with the words of the wire. */
public enum EventType {
    /** A task has ended with a video. */
    COMPLETED("generation.completed"),
    /** A task has ended without a video. */
    FAILED("generation.failed"),
    /** A test of the receiver; the event belongs to no task. */
    TEST("endpoint.test");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    /** {@return the word in {@code type}} */
    public String word() {
        return word;
    }
}
