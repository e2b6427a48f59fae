package io.github.camelsora.fuzz;

/** For how long each class looks, unless it has found something. */
final class Fuzzing {
    static final String DURATION = "10m";

    private Fuzzing() {}
}
