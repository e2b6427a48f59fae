package io.github.camelsora.simulator;

/** The documented types of webhook events, with the words that the wire has for them. */
public enum EventType {
    /** A task has ended with a video. */
    COMPLETED("generation.completed"),
    /** A task has ended without one. */
    FAILED("generation.failed"),
    /** Somebody tries whether the receiver answers; there is no task behind it. */
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
