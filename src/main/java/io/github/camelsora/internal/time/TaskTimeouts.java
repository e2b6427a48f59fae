package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;

/**
 * How long what may take.
 *
 * @param submit from the call to the acceptance
 * @param completion from the acceptance to the end of the wait
 * @param recovery how long a lost submit is looked for before a route is told
 * @param tracking how long a task is followed, or looked for, before it is set aside
 */
public record TaskTimeouts(Duration submit, Duration completion, Duration recovery, Duration tracking) {

    /** Until when a task is followed that is accepted, lost, or followed again, now. */
    public Instant trackUntil(Instant now) {
        return now.plus(tracking);
    }
}
