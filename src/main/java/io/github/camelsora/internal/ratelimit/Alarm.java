package io.github.camelsora.internal.ratelimit;

import java.time.Instant;

/** What wakes somebody at a time. */
@FunctionalInterface
public interface Alarm {

    /**
     * Has an action run at a time.
     *
     * @param when the time
     * @param action what to run; short, and never blocking
     * @return takes the action back
     */
    Runnable at(Instant when, Runnable action);
}
