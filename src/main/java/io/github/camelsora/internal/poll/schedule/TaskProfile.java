package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.util.Optional;

/**
 * What tasks have in common whose durations are alike.
 *
 * @param baseUrl the service that makes them
 * @param operation what was asked for, say {@code remix}
 * @param model the model that makes the video; null when the request leaves it to the service
 * @param length how long the video is to be, as it was asked for; null when the request leaves it to the service
 */
public record TaskProfile(String baseUrl, String operation, String model, String length) {

    /**
     * The kind of a task; empty for one that somebody else has submitted, of which nobody knows what was asked for, and for one
     * whose request cannot be read.
     */
    public static Optional<TaskProfile> of(TaskRecord record) {
        if (record.request() == null) {
            return Optional.empty();
        }
        try {
            SubmitRequest request = SubmitRequest.read(record.request());
            return Optional.of(new TaskProfile(
                    record.baseUrl(),
                    record.operation(),
                    request.text("model").orElse(null),
                    request.text("duration").orElse(null)));
        } catch (IllegalArgumentException e) {
            // Only its pace hangs on it. The task was paid for, and is followed.
            return Optional.empty();
        }
    }
}
