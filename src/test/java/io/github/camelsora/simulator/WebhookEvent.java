package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An event as the service tells it. However often it is sent, it keeps its id and its body, byte for byte; only the
 * timestamp of each try, and with it the signature, is new.
 *
 * @param id the id by which receivers know that they have it already
 * @param type what it tells
 * @param taskId the task that it is about; {@code endpoint_test} in a test event
 * @param body the body, as it is sent
 */
public record WebhookEvent(String id, EventType type, String taskId, String body) {

    /** The id of the task in an event of type {@link EventType#TEST}. */
    public static final String TEST_TASK = "endpoint_test";

    /** Checks that nothing is missing. */
    public WebhookEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(body, "body");
    }

    /** {@return the body as JSON; a copy} */
    public ObjectNode json() {
        return (ObjectNode) Json.read(body);
    }

    /**
     * Makes an event that says something else under the same id.
     *
     * @param change what to do to the body, such as {@code body -> body.put("type", "generation.paused")}
     * @return that event
     */
    public WebhookEvent with(Consumer<ObjectNode> change) {
        ObjectNode changed = json();
        change.accept(changed);
        return new WebhookEvent(id, type, taskId, Json.write(changed));
    }

    /**
     * Makes an event that says the same under another id.
     *
     * @param otherId the id
     * @return that event
     */
    public WebhookEvent withId(String otherId) {
        return new WebhookEvent(
                otherId, type, taskId, Json.write(json().put("id", Objects.requireNonNull(otherId, "otherId"))));
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
