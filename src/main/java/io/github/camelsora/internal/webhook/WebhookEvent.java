package io.github.camelsora.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.Json;
import io.github.camelsora.internal.toapis.TaskReader;
import java.util.Optional;

/**
 * The content of a verified webhook request.
 *
 * @param type the event's type, say {@code generation.completed}; never null, empty when it has none
 * @param task the task that it is about; null when there is none
 */
public record WebhookEvent(String type, VideoTask task) {
    private static final String COMPLETED = "generation.completed";
    private static final String FAILED = "generation.failed";
    private static final String TEST = "endpoint.test";

    /**
     * Reads an event. Unknown types and fields are accepted.
     *
     * @param body the body of a verified request
     * @param base the service that sends it; relative addresses of videos are resolved against it
     * @return the event; empty when the body is no JSON object
     */
    public static Optional<WebhookEvent> read(byte[] body, BaseUrl base) {
        return Json.readObject(body)
                .map(event -> new WebhookEvent(event.path("type").asText(""), task(event.path("data"), base)));
    }

    private static VideoTask task(JsonNode data, BaseUrl base) {
        if (data instanceof ObjectNode fields && fields.hasNonNull("task_id")) {
            // The event may have an id of its own beside the task's.
            fields.remove("id");
        }
        return TaskReader.read(data, base).orElse(null);
    }

    /**
     * Tells whether this is the vendor's test event, which is about no task.
     *
     * @return true for {@code endpoint.test}
     */
    public boolean isTest() {
        return type.equals(TEST);
    }

    /**
     * Tells whether the event reports the completion of a task, consistent or not.
     *
     * @return true for {@code generation.completed} and {@code generation.failed} with a task
     */
    public boolean reportsCompletion() {
        return task != null && (type.equals(COMPLETED) || type.equals(FAILED));
    }

    /**
     * Tells whether the event may be recorded as the result: type and status agree, and a completed task has the address of a
     * video. An inconsistent event only leads to a status query.
     *
     * @return true when the event may be recorded
     */
    public boolean isConsistentCompletion() {
        if (!reportsCompletion()) {
            return false;
        }
        return type.equals(COMPLETED)
                ? task.status() == TaskStatus.COMPLETED && !TaskReader.isWithoutAddress(task)
                : task.status().isFailure();
    }
}
