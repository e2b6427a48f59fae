package io.github.camelsora.toapis;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task as plain JSON: the form that the ledger keeps a verdict in, and that a {@link VideoTask} body converts to. Its
 * fields are named like the record's components; times are ISO 8601.
 */
public final class TaskJson {
    private TaskJson() {}

    /**
     * The task as a map of plain values.
     *
     * @param task the task
     * @return its components in order, with those that are null
     */
    public static Map<String, Object> toMap(VideoTask task) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", task.id());
        map.put("key", task.key());
        map.put("wireKey", task.wireKey());
        map.put("status", task.status().name());
        map.put("progress", task.progress());
        map.put("model", task.model());
        map.put("createdAt", text(task.createdAt()));
        map.put("completedAt", text(task.completedAt()));
        map.put("expiresAt", text(task.expiresAt()));
        map.put("videoUrl", task.videoUrl());
        map.put("videos", task.videos().stream().map(TaskJson::toMap).toList());
        map.put("errorCode", task.errorCode());
        map.put("errorMessage", task.errorMessage());
        map.put("raw", task.raw());
        return map;
    }

    private static Map<String, Object> toMap(Video video) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("url", video.url());
        map.put("format", video.format());
        map.put("lastFrameUrl", video.lastFrameUrl());
        return map;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /**
     * The task as JSON text.
     *
     * @param task the task
     * @return an object
     */
    public static String write(VideoTask task) {
        return Json.write(toMap(task));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param json the text
     * @return the task
     * @throws IllegalArgumentException if it is not the JSON of a task
     */
    public static VideoTask read(String json) {
        Map<String, Object> map = Json.readMap(json).orElseThrow(() -> notATask(null));
        try {
            return read(map);
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw notATask(e);
        }
    }

    private static IllegalArgumentException notATask(Exception cause) {
        return new IllegalArgumentException("This is not the JSON of a task", cause);
    }

    @SuppressWarnings("unchecked")
    private static VideoTask read(Map<String, Object> map) {
        List<Map<String, Object>> videos = (List<Map<String, Object>>) map.getOrDefault("videos", List.of());
        return new VideoTask(
                (String) map.get("id"),
                (String) map.get("key"),
                (String) map.get("wireKey"),
                TaskStatus.valueOf((String) map.get("status")),
                (Integer) map.get("progress"),
                (String) map.get("model"),
                instant(map.get("createdAt")),
                instant(map.get("completedAt")),
                instant(map.get("expiresAt")),
                (String) map.get("videoUrl"),
                videos.stream().map(TaskJson::video).toList(),
                (String) map.get("errorCode"),
                (String) map.get("errorMessage"),
                (Map<String, Object>) map.get("raw"));
    }

    private static Video video(Map<String, Object> map) {
        return new Video((String) map.get("url"), (String) map.get("format"), (String) map.get("lastFrameUrl"));
    }

    private static Instant instant(Object text) {
        return text == null ? null : Instant.parse((String) text);
    }
}
