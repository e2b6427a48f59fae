package io.github.camelsora.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request for a remix or a new video. Immutable. A null component is filled from headers and options of the endpoint.
 *
 * <pre>{@code
 * RemixRequest.of("video_01K8…", "Add a puppy playing in the scene").withDuration(15)
 * }</pre>
 *
 * @param videoId the id of the video to remix, that is of the task that made it
 * @param prompt what to change, or what to show in a new video
 * @param model the model that makes the video
 * @param duration the length of the video in seconds
 * @param aspectRatio the aspect ratio of the video, say {@code 16:9}
 * @param more further fields by the wire's names, which are sent to the service unchanged
 */
public record RemixRequest(
        String videoId, String prompt, String model, Integer duration, String aspectRatio, Map<String, Object> more)
        implements JsonBody {

    /**
     * Copies the further fields, so that the request cannot change afterwards.
     *
     * @param videoId the id of the video to remix, that is of the task that made it
     * @param prompt what to change, or what to show in a new video
     * @param model the model that makes the video
     * @param duration the length of the video in seconds
     * @param aspectRatio the aspect ratio of the video, say {@code 16:9}
     * @param more further fields by the wire's names, which are sent to the service unchanged
     */
    public RemixRequest {
        more = more == null ? Map.of() : Copies.of(more);
    }

    /**
     * A request for a remix; the endpoint fills the other components.
     *
     * @param videoId the id of the video to remix; null to let the endpoint fill it
     * @param prompt what to change; null to let the endpoint fill it
     * @return the request
     */
    public static RemixRequest of(String videoId, String prompt) {
        return new RemixRequest(videoId, prompt, null, null, null, Map.of());
    }

    /**
     * The same request for another model.
     *
     * @param newModel the model, say {@code sora-2-pro}
     * @return a copy
     */
    public RemixRequest withModel(String newModel) {
        return new RemixRequest(videoId, prompt, newModel, duration, aspectRatio, more);
    }

    /**
     * The same request with another length.
     *
     * @param seconds the length of the video in seconds
     * @return a copy
     */
    public RemixRequest withDuration(int seconds) {
        return new RemixRequest(videoId, prompt, model, seconds, aspectRatio, more);
    }

    /**
     * The same request with another aspect ratio.
     *
     * @param newAspectRatio the aspect ratio, say {@code 9:16}
     * @return a copy
     */
    public RemixRequest withAspectRatio(String newAspectRatio) {
        return new RemixRequest(videoId, prompt, model, duration, newAspectRatio, more);
    }

    /**
     * The request as plain values by the wire's names, which is also its JSON form. As a message body it is the same request.
     *
     * @return the components that are not null, and the further fields
     */
    @Override
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("video_id", videoId);
        map.put("prompt", prompt);
        map.put("model", model);
        map.put("duration", duration);
        map.put("aspect_ratio", aspectRatio);
        map.values().removeIf(Objects::isNull);
        more.forEach(map::putIfAbsent);
        return map;
    }

    /**
     * Reads the form that {@link #toMap} writes, or its JSON.
     *
     * @param map plain values by the wire's names
     * @return the request
     * @throws IllegalArgumentException if a field has the wrong type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RemixRequest fromMap(Map<String, Object> map) {
        Map<String, Object> more = new LinkedHashMap<>(map);
        try {
            return new RemixRequest(
                    (String) more.remove("video_id"),
                    (String) more.remove("prompt"),
                    (String) more.remove("model"),
                    (Integer) more.remove("duration"),
                    (String) more.remove("aspect_ratio"),
                    more);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("A field of the request has the wrong type: " + e.getMessage(), e);
        }
    }
}
