package io.github.camelsora.simulator;

/** What the service may mean by a burst. Its documentation does not say. */
public enum Burst {
    /** The size of a bucket that the rate fills: after a pause so many at once, and the rate beside them. */
    BUCKET,
    /** The most that any ten seconds may have. */
    WINDOW
}
