package io.github.camelsora.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What to make of which video. Immutable; a null component is left to the headers and options of the endpoint.
 *
 * <pre>{@code
 * RemixRequest.of("video_01K8…", "Add a puppy playing in the scene").withDuration(15)
 * }</pre>
 *
 * @param videoId the id of the video to remix, that is of the task that made it
 * @param prompt what to change
 * @param model the model that makes the remix
 * @param duration the length of the remix in whole seconds
 * @param aspectRatio the shape of the remix, say {@code 16:9}
 * @param more further fields that travel to the service as they are, under the names of the wire
 */
public record RemixRequest(
        String videoId, String prompt, String model, Integer duration, String aspectRatio, Map<String, Object> more) {

    /**
     * Copies the further fields, so that the request cannot change afterwards.
     *
     * @param videoId the id of the video to remix, that is of the task that made it
     * @param prompt what to change
     * @param model the model that makes the remix
     * @param duration the length of the remix in whole seconds
     * @param aspectRatio the shape of the remix, say {@code 16:9}
     * @param more further fields that travel to the service as they are, under the names of the wire
     */
    public RemixRequest {
        more = more == null ? Map.of() : Copies.of(more);
    }

    /**
     * A request for a remix, with all else left to the endpoint.
     *
     * @param videoId the id of the video to remix; null leaves it to the endpoint
     * @param prompt what to change; null leaves it to the endpoint
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
     * @param seconds the length of the video
     * @return a copy
     */
    public RemixRequest withDuration(int seconds) {
        return new RemixRequest(videoId, prompt, model, seconds, aspectRatio, more);
    }

    /**
     * The same request in another shape.
     *
     * @param newAspectRatio the shape, say {@code 9:16}
     * @return a copy
     */
    public RemixRequest withAspectRatio(String newAspectRatio) {
        return new RemixRequest(videoId, prompt, model, duration, newAspectRatio, more);
    }

    /**
     * The request as plain values under the names of the wire, which is its JSON form, too: as a message body it is the same
     * request again.
     *
     * @return the components that are not null, and the further fields beside them
     */
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
     * Reads what {@link #toMap} wrote, or what was read from its JSON.
     *
     * @param map plain values under the names of the wire
     * @return the request
     * @throws IllegalArgumentException if a field of a request is not of its type
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
            throw new IllegalArgumentException("A field of the request is not of its type: " + e.getMessage(), e);
        }
    }

    /**
     * Checks what the vendor documents for the models that we know; a model that we do not know passes.
     *
     * @throws BadRequestException if the service would refuse the request; nothing was sent
     */
    public void validate() {
        if (videoId == null || videoId.isBlank()) {
            throw badRequest(
                    "A remix needs the id of a video: in the body (video_id), as header CamelSoraVideoId, or as "
                            + "option videoId");
        }
        if (prompt == null || prompt.isBlank()) {
            throw badRequest(
                    "A remix needs a prompt that says what to change: in the body, as header CamelSoraPrompt, or "
                            + "as option prompt");
        }
        ModelRules.checkRemix(this);
    }

    /**
     * Checks it as a request for a new video, for which the video id is not used; a model that we do not know passes.
     *
     * @throws BadRequestException if the service would refuse the request; nothing was sent
     */
    public void validateAsNewVideo() {
        if (prompt == null || prompt.isBlank()) {
            throw badRequest(
                    "A new video needs a prompt that says what to show: in the body, as header CamelSoraPrompt, or"
                            + " as option prompt");
        }
        ModelRules.checkNewVideo(this);
    }

    static BadRequestException badRequest(String reason) {
        return new BadRequestException(
                reason + ". Nothing was sent and nothing was paid.", SoraException.About.NOTHING_SENT, null);
    }
}
