package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.RemixRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A paid request as it goes over the wire. Its JSON form, which the ledger keeps, is the wire's body and the id of the
 * source video beside it, so that an operator can read it and it can be sent again.
 *
 * @param videoId the video to remix; null for a new video
 * @param fields the body, under the names of the wire, without the fields that are ours
 */
public record SubmitRequest(String videoId, Map<String, Object> fields) {
    /** The field that our key travels in. */
    public static final String KEY_FIELD = "client_business_id";

    private static final String CALLBACK_FIELD = "callback_url";

    /** Fields that this component fills itself; a caller's are left out. */
    public static final Set<String> OUR_FIELDS = Set.of(KEY_FIELD, CALLBACK_FIELD);

    private static final String VIDEO_ID_FIELD = "video_id";

    /**
     * The wire's form of a remix.
     *
     * @param remix the request; its fields that are null are left out
     * @return the request for {@code POST /v1/videos/{video_id}/remix}
     * @throws IllegalArgumentException if it has no video id: without one it would be paid for as a new video
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
        // The source stands in the address; a second one in the body would only contradict it.
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
     * Reads what {@link #toJson} wrote.
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
     * A field of the body as text.
     *
     * @param name its name on the wire
     * @return the text; empty when the field is not sent
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(Object::toString);
    }

    URI address(BaseUrl base) {
        return videoId == null
                ? base.resolve("v1", "videos", "generations")
                : base.resolve("v1", "videos", videoId, "remix");
    }

    /** The body to send; a null key or callback is not sent. */
    String body(String key, String callbackUrl) {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        put(body, KEY_FIELD, key);
        put(body, CALLBACK_FIELD, callbackUrl);
        return Json.write(body);
    }

    /**
     * The request as the ledger keeps it.
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
     * Tells whether a request that the ledger keeps is this one.
     *
     * @param json what {@link #toJson} wrote; may be null
     * @return true when it asks for the same, in whatever order of fields
     */
    public boolean isWrittenAs(String json) {
        return json != null && Json.readMap(json).equals(Json.readMap(toJson()));
    }
}
