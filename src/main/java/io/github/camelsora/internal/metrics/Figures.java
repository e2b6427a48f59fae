package io.github.camelsora.internal.metrics;

/** Figures that gauges show. No method blocks; what is not known is {@link Double#NaN}. */
public interface Figures {
    /** How many submits of an account wait in this JVM to be sent. */
    double queued(String account);
}
