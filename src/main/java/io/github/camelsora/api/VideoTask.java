package io.github.camelsora.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of a task of the service: the body that {@code sora:} endpoints produce. Immutable and thread-safe. A value that the
 * service did not report is null; lists and maps are never null.
 *
 * @param id the id that the service gave the task; null only while the outcome of its submit is unknown
 * @param key the key that the task was submitted under; null when not known
 * @param wireKey the key that was sent as {@code client_business_id}, by which the vendor's console finds the task; null
 *     when not known
 * @param status the status of the task
 * @param progress the progress in percent, 0 to 100; null when not reported
 * @param model the model that makes the video
 * @param createdAt when the service accepted it
 * @param completedAt when it completed
 * @param expiresAt until when the video can be downloaded
 * @param videoUrl the address of the first video; signed, so treat it as a secret
 * @param videos all videos of the task; empty until it has completed
 * @param errorCode the service's code for its failure
 * @param errorMessage the service's message on its failure
 * @param raw the complete answer of the service, unknown fields included
 */
public record VideoTask(
        String id,
        String key,
        String wireKey,
        TaskStatus status,
        Integer progress,
        String model,
        Instant createdAt,
        Instant completedAt,
        Instant expiresAt,
        String videoUrl,
        List<Video> videos,
        String errorCode,
        String errorMessage,
        Map<String, Object> raw)
        implements JsonBody {

    /**
     * One video of a task.
     *
     * @param url the address of the video; signed, so treat it as a secret
     * @param format the service's name of the file format, say {@code mp4}; may be null
     * @param lastFrameUrl the address of its last frame as an image; may be null
     */
    public record Video(String url, String format, String lastFrameUrl) {

        /** Without the signed addresses, so that a log line does not give access to the video. */
        @Override
        public String toString() {
            return "Video[format=" + format + "]";
        }

        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("url", url);
            map.put("format", format);
            map.put("lastFrameUrl", lastFrameUrl);
            return map;
        }

        private static Video fromMap(Map<?, ?> map) {
            return new Video((String) map.get("url"), (String) map.get("format"), (String) map.get("lastFrameUrl"));
        }
    }

    /**
     * Copies lists and maps, so that the task cannot change afterwards.
     *
     * @param id the id that the service gave the task; null only while the outcome of its submit is unknown
     * @param key the key that the task was submitted under; null when not known
     * @param wireKey the key that was sent as {@code client_business_id}; null when not known
     * @param status the status of the task
     * @param progress the progress in percent, 0 to 100; null when not reported
     * @param model the model that makes the video
     * @param createdAt when the service accepted it
     * @param completedAt when it completed
     * @param expiresAt until when the video can be downloaded
     * @param videoUrl the address of the first video; signed, so treat it as a secret
     * @param videos all videos of the task; empty until it has completed
     * @param errorCode the service's code for its failure
     * @param errorMessage the service's message on its failure
     * @param raw the complete answer of the service, unknown fields included
     */
    public VideoTask {
        videos = videos == null ? List.of() : List.copyOf(videos);
        raw = raw == null ? Map.of() : Copies.of(raw);
    }

    /**
     * The same task under another key.
     *
     * @param newKey the key; may be null
     * @return a copy
     */
    public VideoTask withKey(String newKey) {
        return named(id, newKey, wireKey);
    }

    /**
     * The same task with the id, key and wire key of its record.
     *
     * @param record its record
     * @return a copy; an id or wire key that the record does not have stays as it is
     */
    public VideoTask namedBy(TaskRecord record) {
        return named(
                record.taskId() == null ? id : record.taskId(),
                record.key(),
                record.wireKey() == null ? wireKey : record.wireKey());
    }

    private VideoTask named(String newId, String newKey, String newWireKey) {
        return new VideoTask(
                newId,
                newKey,
                newWireKey,
                status,
                progress,
                model,
                createdAt,
                completedAt,
                expiresAt,
                videoUrl,
                videos,
                errorCode,
                errorMessage,
                raw);
    }

    /**
     * The task as plain values, which is also its JSON form, for which Jackson needs no module. It contains the signed addresses,
     * so do not log it.
     *
     * @return its components in order, null values included; times are text in ISO 8601
     */
    @Override
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("key", key);
        map.put("wireKey", wireKey);
        map.put("status", status == null ? null : status.name());
        map.put("progress", progress);
        map.put("model", model);
        map.put("createdAt", text(createdAt));
        map.put("completedAt", text(completedAt));
        map.put("expiresAt", text(expiresAt));
        map.put("videoUrl", videoUrl);
        map.put("videos", videos.stream().map(Video::toMap).toList());
        map.put("errorCode", errorCode);
        map.put("errorMessage", errorMessage);
        map.put("raw", raw);
        return map;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /**
     * Reads the form that {@link #toMap} writes, or its JSON. Unknown fields are ignored.
     *
     * @param map plain values by the names of the components
     * @return the task
     * @throws IllegalArgumentException if it is not the form of a task
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static VideoTask fromMap(Map<String, Object> map) {
        try {
            return read(map);
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw new IllegalArgumentException("This is not the form of a task", e);
        }
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
                videos.stream().map(Video::fromMap).toList(),
                (String) map.get("errorCode"),
                (String) map.get("errorMessage"),
                (Map<String, Object>) map.get("raw"));
    }

    private static Instant instant(Object text) {
        return text == null ? null : Instant.parse((String) text);
    }

    /** Short, for logs: without the signed addresses and the raw answer. */
    @Override
    public String toString() {
        return "VideoTask[id=" + id + ", key=" + key + ", status=" + status + ", progress=" + progress
                + (errorCode == null ? "" : ", errorCode=" + errorCode)
                + (errorMessage == null ? "" : ", errorMessage=" + errorMessage) + "]";
    }
}
