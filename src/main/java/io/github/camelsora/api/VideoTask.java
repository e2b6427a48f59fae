package io.github.camelsora.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
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
 * @param sourceId the service's id of the video that it changes or continues; null for a new video, and when not known
 * @param correlationId the id of the business process that asked for it; null when not known
 * @param estimatedCredits its price as configured when it was submitted; null when no price was
 * @param chargedCredits what the service has said that it charged, in credits; null when it has said nothing
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
        Map<String, Object> raw,
        String sourceId,
        String correlationId,
        BigDecimal estimatedCredits,
        BigDecimal chargedCredits)
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
     * Copies lists and maps, so that the task cannot change afterwards, and removes trailing zeros of amounts.
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
     * @param sourceId the service's id of the video that it changes or continues; null for a new video, and when not known
     * @param correlationId the id of the business process that asked for it; null when not known
     * @param estimatedCredits its price as configured when it was submitted; null when no price was
     * @param chargedCredits what the service has said that it charged, in credits; null when it has said nothing
     */
    public VideoTask {
        videos = videos == null ? List.of() : List.copyOf(videos);
        raw = raw == null ? Map.of() : Copies.of(raw);
        estimatedCredits = Credits.plain(estimatedCredits);
        chargedCredits = Credits.plain(chargedCredits);
    }

    /**
     * A task of which neither origin nor price is known.
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
    public VideoTask(
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
            Map<String, Object> raw) {
        this(
                id,
                key,
                wireKey,
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
                raw,
                null,
                null,
                null,
                null);
    }

    /**
     * The same task under another key.
     *
     * @param newKey the key; may be null
     * @return a copy
     */
    public VideoTask withKey(String newKey) {
        return named(id, newKey, wireKey, sourceId, correlationId, new TaskPrice(estimatedCredits, chargedCredits));
    }

    /**
     * The same task with what its record says of it: id, keys, source, correlation id and price.
     *
     * @param record its record
     * @return a copy; what the record does not have stays as it is, and so does what the service has charged
     */
    public VideoTask namedBy(TaskRecord record) {
        TaskOrigin origin = record.origin();
        TaskPrice price = record.price();
        return named(
                orElse(record.taskId(), id),
                record.key(),
                orElse(record.wireKey(), wireKey),
                orElse(origin.sourceId(), sourceId),
                orElse(origin.correlationId(), correlationId),
                new TaskPrice(orElse(price.estimated(), estimatedCredits), orElse(chargedCredits, price.charged())));
    }

    private static <T> T orElse(T first, T second) {
        return first == null ? second : first;
    }

    private VideoTask named(
            String newId,
            String newKey,
            String newWireKey,
            String newSourceId,
            String newCorrelationId,
            TaskPrice newPrice) {
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
                raw,
                newSourceId,
                newCorrelationId,
                newPrice.estimated(),
                newPrice.charged());
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
        map.put("sourceId", sourceId);
        map.put("correlationId", correlationId);
        map.put("estimatedCredits", estimatedCredits);
        map.put("chargedCredits", chargedCredits);
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
        } catch (ClassCastException | NullPointerException | NumberFormatException | DateTimeException e) {
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
                (Map<String, Object>) map.get("raw"),
                (String) map.get("sourceId"),
                (String) map.get("correlationId"),
                amount(map.get("estimatedCredits")),
                amount(map.get("chargedCredits")));
    }

    private static BigDecimal amount(Object number) {
        return number == null ? null : new BigDecimal(number.toString());
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
