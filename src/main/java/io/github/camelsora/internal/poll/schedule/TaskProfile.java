package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.util.Optional;

/**
 * The attributes that the duration of a task depends on.
 *
 * @param baseUrl the service
 * @param operation the operation, for instance {@code remix}
 * @param model the model that makes the video; null when the request leaves it to the service
 * @param length the requested length of the video; null when the request leaves it to the service
 */
public record TaskProfile(String baseUrl, String operation, String model, String length) {

    /**
     * The profile of a task; empty when its request is not known, because it was not submitted by this component, or cannot be
     * read.
     */
    public static Optional<TaskProfile> of(TaskRecord record) {
        if (record.request() == null) {
            return Optional.empty();
        }
        try {
            SubmitRequest request = SubmitRequest.of(record);
            return Optional.of(new TaskProfile(
                    record.baseUrl(),
                    record.operation(),
                    request.text("model").orElse(null),
                    request.text("duration").orElse(null)));
        } catch (IllegalArgumentException e) {
            // Only the poll schedule depends on it: the task was paid for, and is polled without a profile.
            return Optional.empty();
        }
    }
}
