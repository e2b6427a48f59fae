package io.github.camelsora.fuzz;

/** How long each class searches, unless it finds a failure. */
final class Fuzzing {
    static final String DURATION = "10m";

    private Fuzzing() {}
}
