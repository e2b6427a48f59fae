package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A webhook event. All tries and duplicates have the same id and the same body, byte for byte; each try has a new timestamp
 * and signature.
 *
 * @param id the id by which receivers recognise duplicates
 * @param type its type
 * @param taskId the id of its task; {@code endpoint_test} in a test event
 * @param body the body, as it is sent
 */
public record WebhookEvent(String id, EventType type, String taskId, String body) {

    /** The id of the task in an event of type {@link EventType#TEST}. */
    public static final String TEST_TASK = "endpoint_test";

    /** Checks that no component is null. */
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
     * Makes an event with the same id and another body.
     *
     * @param change changes the body, such as {@code body -> body.put("type", "generation.paused")}
     * @return that event
     */
    public WebhookEvent with(Consumer<ObjectNode> change) {
        ObjectNode changed = json();
        change.accept(changed);
        return new WebhookEvent(id, type, taskId, Json.write(changed));
    }

    /**
     * Makes an event with the same content and another id.
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
