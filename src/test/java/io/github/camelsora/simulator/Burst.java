package io.github.camelsora.simulator;

/** The two meanings that a burst may have. The documentation of the service does not say which. */
public enum Burst {
    /** The size of a bucket that the rate fills: so many calls at once after a pause, in addition to the rate. */
    BUCKET,
    /** The maximum of calls in any ten seconds. */
    WINDOW
}
