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
 * What the service says in a genuine request.
 *
 * @param type the event's type, say {@code generation.completed}; never null, empty when it has none
 * @param task the task that it is about; null when it names none
 */
public record WebhookEvent(String type, VideoTask task) {
    private static final String COMPLETED = "generation.completed";
    private static final String FAILED = "generation.failed";
    private static final String TEST = "endpoint.test";

    /**
     * Reads an event. Types and fields that are not in the contract are no reason to refuse it.
     *
     * @param body the body of a genuine request
     * @param base the service that sends it; a relative address of a video is resolved against it
     * @return the event; empty when the body is no JSON object
     */
    public static Optional<WebhookEvent> read(byte[] body, BaseUrl base) {
        return Json.readObject(body)
                .map(event -> new WebhookEvent(event.path("type").asText(""), task(event.path("data"), base)));
    }

    private static VideoTask task(JsonNode data, BaseUrl base) {
        if (data instanceof ObjectNode fields && fields.hasNonNull("task_id")) {
            // Whatever else has an id in there, the task's is this one.
            fields.remove("id");
        }
        return TaskReader.read(data, base).orElse(null);
    }

    /**
     * Tells whether this is the vendor's trial event, which is about no task.
     *
     * @return true for {@code endpoint.test}
     */
    public boolean isTest() {
        return type.equals(TEST);
    }

    /**
     * Tells whether this is news of how a task has ended, whether or not it can be relied on.
     *
     * @return true for the two types that tell of an end, when a task is named
     */
    public boolean reportsCompletion() {
        return task != null && (type.equals(COMPLETED) || type.equals(FAILED));
    }

    /**
     * Tells whether the end that this tells of may be written down for good: type and status agree, and a video that is
     * completed has an address. What does not is a reason to ask, not a result.
     *
     * @return true when the task is as the event says
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
