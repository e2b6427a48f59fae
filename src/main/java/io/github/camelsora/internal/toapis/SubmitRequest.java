package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.RemixRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A paid request in the wire's form. Its JSON, which the ledger stores, is the body plus the id of the source video, so that an
 * operator can read it and it can be sent again.
 *
 * @param videoId the video to remix; null for a new video
 * @param fields the body by the wire's names, without the fields that this component fills
 */
public record SubmitRequest(String videoId, Map<String, Object> fields) {
    /** The field that carries the wire key. */
    public static final String KEY_FIELD = "client_business_id";

    private static final String CALLBACK_FIELD = "callback_url";

    /** Fields that this component fills itself; values from the caller are dropped. */
    public static final Set<String> OUR_FIELDS = Set.of(KEY_FIELD, CALLBACK_FIELD);

    private static final String VIDEO_ID_FIELD = "video_id";

    /**
     * The wire's form of a remix.
     *
     * @param remix the request; null fields are left out
     * @return the request for {@code POST /v1/videos/{video_id}/remix}
     * @throws IllegalArgumentException if it has no video id, since it would be paid for as a new video
     */
    public static SubmitRequest of(RemixRequest remix) {
        if (remix.videoId() == null) {
            throw new IllegalArgumentException("A remix needs the id of a video");
        }
        return new SubmitRequest(remix.videoId(), fieldsOf(remix));
    }

    private static Map<String, Object> fieldsOf(RemixRequest remix) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "model", remix.model());
        put(fields, "prompt", remix.prompt());
        put(fields, "duration", remix.duration());
        put(fields, "aspect_ratio", remix.aspectRatio());
        remix.more().forEach(fields::putIfAbsent);
        fields.keySet().removeAll(OUR_FIELDS);
        // The source is in the address; a second one in the body could only contradict it.
        fields.remove(VIDEO_ID_FIELD);
        return fields;
    }

    /**
     * The wire's form of a new video.
     *
     * @param video the request; its video id is not used
     * @return the request for {@code POST /v1/videos/generations}
     */
    public static SubmitRequest ofGeneration(RemixRequest video) {
        return new SubmitRequest(null, fieldsOf(video));
    }

    /**
     * Reads the form that {@link #toJson} writes.
     *
     * @param json the text
     * @return the request
     * @throws IllegalArgumentException if it is not the JSON of a request
     */
    public static SubmitRequest read(String json) {
        Map<String, Object> fields = new LinkedHashMap<>(Json.readMap(json)
                .orElseThrow(() -> new IllegalArgumentException("This is not the JSON of a request")));
        Object videoId = fields.remove(VIDEO_ID_FIELD);
        return new SubmitRequest(videoId == null ? null : videoId.toString(), fields);
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /**
     * Returns a field of the body as text.
     *
     * @param name its name on the wire
     * @return the text; empty when the request has no such field
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(Object::toString);
    }

    URI address(BaseUrl base) {
        return videoId == null
                ? base.resolve("v1", "videos", "generations")
                : base.resolve("v1", "videos", videoId, "remix");
    }

    /** The body to send, without the key or callback that is null. */
    String body(String key, String callbackUrl) {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        put(body, KEY_FIELD, key);
        put(body, CALLBACK_FIELD, callbackUrl);
        return Json.write(body);
    }

    /**
     * The request in the form that the ledger stores.
     *
     * @return a JSON object
     * @throws IllegalArgumentException if a field has no JSON form
     */
    public String toJson() {
        Map<String, Object> all = new LinkedHashMap<>();
        put(all, VIDEO_ID_FIELD, videoId);
        all.putAll(fields);
        return Json.write(all);
    }

    /**
     * Tells whether a stored request equals this one.
     *
     * @param json the stored form, as {@link #toJson} writes it; may be null
     * @return true when all fields are equal, in any order
     */
    public boolean isWrittenAs(String json) {
        return json != null && Json.readMap(json).equals(Json.readMap(toJson()));
    }
}
