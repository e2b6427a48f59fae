package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.api.TaskRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A task as a schedule sees it.
 *
 * @param profile the attributes that its duration depends on; null when they are not known
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
