package io.github.camelsora.benchmark.rivals.temporal;

/** An order, as it is in its file. */
public record Order(String order, String video, String prompt) {}
