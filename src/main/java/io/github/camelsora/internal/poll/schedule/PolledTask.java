package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.api.TaskRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A task as a schedule sees it.
 *
 * @param kind what it has in common with others; null when that is not known
 * @param acceptedAt when the service accepted it
 */
public record PolledTask(TaskProfile profile, Instant acceptedAt) {

    public static PolledTask of(TaskRecord record) {
        return new PolledTask(
                TaskProfile.of(record).orElse(null), record.times().acceptedAt());
    }

    public boolean hasProfile() {
        return profile != null && acceptedAt != null;
    }

    public Duration age(Instant now) {
        return Duration.between(acceptedAt, now);
    }
}
