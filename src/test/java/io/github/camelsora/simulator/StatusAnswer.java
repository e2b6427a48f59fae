package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The answer to a status query. */
final class StatusAnswer {

    private StatusAnswer() {}

    static JsonNode of(Task task, Instant now, Settings settings, String fileBaseUrl) {
        JsonNode override = task.answer();
        if (override != null) {
            return override;
        }
        if (settings.openAiVideos) {
            return OpenAiVideos.video(task, now, settings);
        }
        TaskState state = task.state(now);
        boolean hidden = task.isExpired(now) && settings.expiredWord != null;
        String word = hidden ? settings.expiredWord : state.word();
        ObjectNode answer = Json.object()
                .put("id", task.id())
                .put("object", "generation.task")
                .put("model", task.model())
                .put("status", task.word() == null ? word : task.word())
                .put("progress", task.progress(now))
                .put("created_at", task.order().acceptedAt().getEpochSecond());
        OptionalFields.put(answer, task, settings);
        putEnd(answer, task, now);
        if (state == TaskState.COMPLETED && !hidden) {
            putUrls(answer, settings, FileHost.urls(fileBaseUrl, task));
        }
        return answer;
    }

    /** The error of a failed task, or the times of a completed one. */
    static void putEnd(ObjectNode answer, Task task, Instant now) {
        Task.Result end = task.result(now);
        if (end != null && end.isFailure()) {
            answer.putObject("error").put("code", end.errorCode()).put("message", end.errorMessage());
        } else if (end != null) {
            answer.put("completed_at", end.at().getEpochSecond());
            answer.put("expires_at", task.urlsExpireAt(now).getEpochSecond());
        }
    }

    static void putUrls(ObjectNode answer, Settings settings, List<String> urls) {
        boolean hasFrames = settings.lastFrame != null;
        switch (settings.resultUrl) {
            case DATA_URL -> putData(answer, "url", urls, hasFrames);
            case DATA_VIDEO_URL -> putData(answer, "video_url", urls, hasFrames);
            case TOP_VIDEO_URL -> answer.put("video_url", urls.get(0));
            case TOP_URL -> answer.put("url", urls.get(0));
            case NONE -> putData(answer, "url", List.of(), false);
        }
    }

    private static void putData(ObjectNode answer, String field, List<String> urls, boolean hasFrames) {
        ArrayNode data = answer.putObject("result").put("type", "video").putArray("data");
        for (String url : urls) {
            ObjectNode one = data.addObject().put(field, url).put("format", "mp4");
            if (hasFrames) {
                one.put("last_frame_url", FileHost.lastFrameUrl(url));
            }
        }
    }
}
