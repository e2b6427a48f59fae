package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer to an accepted submit, in the configured envelope. */
final class SubmitAnswer {

    private SubmitAnswer() {}

    static ObjectNode of(Task task, Settings settings) {
        ObjectNode answer = Json.object();
        Envelope envelope = settings.openAiVideos ? Envelope.VIDEO : settings.envelope;
        if (envelope == Envelope.DATA_LIST) {
            ObjectNode data = answer.put("code", 200).putArray("data").addObject();
            data.put("status", word(settings, "submitted")).put("task_id", task.id());
            OptionalFields.put(data, task, settings);
            return answer;
        }
        if (settings.idField != IdField.TASK_ID) {
            answer.put("id", task.id());
        }
        if (settings.idField != IdField.ID) {
            answer.put("task_id", task.id());
        }
        boolean video = envelope == Envelope.VIDEO;
        answer.put("object", video ? "video" : "generation.task")
                .put("model", task.model())
                .put("status", word(settings, TaskState.QUEUED.word()))
                .put("progress", 0)
                .put("created_at", task.order().acceptedAt().getEpochSecond());
        if (video) {
            if (task.order().sourceId() != null) {
                answer.put("remixed_from_video_id", task.order().sourceId());
            }
            answer.put("seconds", task.order().request().path("duration").asText("10"));
            answer.put("size", size(task));
        } else {
            answer.putObject("metadata").put("size", size(task));
        }
        OptionalFields.put(answer, task, settings);
        return answer;
    }

    private static String word(Settings settings, String otherwise) {
        String word = settings.submitStatus;
        return word == null ? otherwise : word;
    }

    private static String size(Task task) {
        return switch (task.order().text("aspect_ratio", "16:9")) {
            case "9:16" -> "720x1280";
            case "1:1" -> "720x720";
            default -> "1280x720";
        };
    }
}
