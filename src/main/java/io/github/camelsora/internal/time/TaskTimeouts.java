package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The timeouts of a task.
 *
 * @param submit from the call to the acceptance
 * @param completion from the acceptance to the end of the wait
 * @param recovery how long a lost submit is searched for before the loss is reported to a route
 * @param tracking how long a task is polled, or searched for, before it is set aside
 */
public record TaskTimeouts(Duration submit, Duration completion, Duration recovery, Duration tracking) {

    /** Until when a task is tracked whose tracking starts now. */
    public Instant trackUntil(Instant now) {
        return now.plus(tracking);
    }
}
