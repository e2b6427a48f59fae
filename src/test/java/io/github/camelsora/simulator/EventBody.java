package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** The bodies of webhook events, as the service writes them. */
final class EventBody {

    private EventBody() {}

    static String newId() {
        return "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The event of a task that has ended. */
    static WebhookEvent of(Task task, Instant now, Settings settings, String fileBaseUrl) {
        Task.Result end = task.result(now);
        EventType type = end.isFailure() ? EventType.FAILED : EventType.COMPLETED;
        ObjectNode body = envelope(newId(), type, now);
        ObjectNode data = body.putObject("data").put("task_id", task.id());
        if (task.businessId() != null) {
            data.put("client_business_id", task.businessId());
        }
        data.put("task_type", "video")
                .put("model", task.model())
                .put("status", end.isFailure() ? "FAILURE" : "SUCCESS")
                .put("progress", "100%");
        if (end.isFailure()) {
            data.putNull("result")
                    .putObject("error")
                    .put("code", end.errorCode())
                    .put("message", end.errorMessage());
        } else {
            StatusAnswer.putUrls(data, settings, FileHost.urls(fileBaseUrl, task));
            data.putNull("error");
        }
        OptionalFields.putCharged(data, task, settings);
        data.put("submitted_at", task.order().acceptedAt().getEpochSecond())
                .put("finished_at", end.at().getEpochSecond());
        return event(body, type, task.id());
    }

    static WebhookEvent test(Instant now) {
        ObjectNode body = envelope(newId(), EventType.TEST, now);
        body.putObject("data")
                .put("task_id", WebhookEvent.TEST_TASK)
                .put("task_type", "video")
                .put("status", "SUCCESS")
                .put("progress", "100%")
                .putNull("result")
                .putNull("error")
                .put("submitted_at", now.getEpochSecond())
                .put("finished_at", now.getEpochSecond());
        return event(body, EventType.TEST, WebhookEvent.TEST_TASK);
    }

    private static ObjectNode envelope(String id, EventType type, Instant now) {
        return Json.object()
                .put("id", id)
                .put("type", type.word())
                .put("api_version", "v1")
                .put("created_at", now.getEpochSecond());
    }

    private static WebhookEvent event(ObjectNode body, EventType type, String taskId) {
        return new WebhookEvent(body.get("id").textValue(), type, taskId, Json.write(body));
    }
}
