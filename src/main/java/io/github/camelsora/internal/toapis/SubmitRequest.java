package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.StorePrompt;
import io.github.camelsora.api.TaskRecord;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A paid request in the wire's form. Its JSON, which the ledger stores, is the body plus the id of the source video, so that an
 * operator can read it and it can be sent again.
 *
 * @param operation what is made; the ledger stores it beside the JSON
 * @param videoId the video to change or to continue; null for a new video
 * @param fields the body by the wire's names, without the fields that this component fills
 */
public record SubmitRequest(SubmitOperation operation, String videoId, Map<String, Object> fields) {
    /** The field that carries the wire key. */
    public static final String KEY_FIELD = "client_business_id";

    private static final String CALLBACK_FIELD = "callback_url";
    private static final String TRACE_FIELD = "trace_id";

    /** Fields that this component fills itself; values from the caller are dropped. */
    public static final Set<String> OUR_FIELDS = Set.of(KEY_FIELD, CALLBACK_FIELD, TRACE_FIELD);

    /** The field of the stored form that names the video which is changed. */
    public static final String VIDEO_ID_FIELD = "video_id";

    /**
     * The wire's form of a request.
     *
     * @param operation what is made; without a video of its own, the video id is not used
     * @param request the request; null fields are left out
     * @return the request to POST
     * @throws IllegalArgumentException if the operation needs the id of a video and there is none
     */
    public static SubmitRequest of(SubmitOperation operation, RemixRequest request) {
        String videoId = operation.isOfVideo() ? request.videoId() : null;
        return new SubmitRequest(operation, videoId, fieldsOf(request)).requireVideo();
    }

    /**
     * Checks that a request which changes a video names it: it has no other address to be sent to.
     *
     * @return this request
     * @throws IllegalArgumentException if it does not
     */
    public SubmitRequest requireVideo() {
        if (operation.isOfVideo() && videoId == null) {
            throw new IllegalArgumentException("sora:" + operation.word() + " needs the id of a video");
        }
        return this;
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
     * Reads the request of a record, which {@link #toJson} has written.
     *
     * @param record a record with a request
     * @return the request
     * @throws IllegalArgumentException if the record has no request that could be submitted
     */
    public static SubmitRequest of(TaskRecord record) {
        return read(SubmitOperation.of(record.operation()), record.request());
    }

    /**
     * The request of a record as {@link #toMap} gives it, also of an operation that only a newer version knows.
     *
     * @param record a record with a request
     * @return plain values
     * @throws IllegalArgumentException if the record has no JSON object as its request
     */
    public static Map<String, Object> stored(TaskRecord record) {
        return stored(record.request());
    }

    private static Map<String, Object> stored(String json) {
        return new LinkedHashMap<>(Json.readMap(json)
                .orElseThrow(() -> new IllegalArgumentException("This is not the JSON of a request")));
    }

    static SubmitRequest read(SubmitOperation operation, String json) {
        Map<String, Object> fields = stored(json);
        Object videoId = fields.remove(VIDEO_ID_FIELD);
        return new SubmitRequest(operation, videoId == null ? null : videoId.toString(), fields);
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
        return operation.address(base, videoId);
    }

    /** The body to send, without the key, callback or trace id that is null. */
    String body(String key, String callbackUrl, String traceId) {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        put(body, KEY_FIELD, key);
        put(body, CALLBACK_FIELD, callbackUrl);
        put(body, TRACE_FIELD, traceId);
        return Json.write(body);
    }

    /**
     * The request in the form that the ledger stores.
     *
     * @return a JSON object
     * @throws IllegalArgumentException if a field has no JSON form
     */
    public String toJson() {
        return Json.write(toMap());
    }

    /**
     * The request in the form that the ledger stores, with as much of the prompt as it is to store.
     *
     * @param prompt what is stored of the prompt
     * @param key the key of the record
     * @return a JSON object
     * @throws IllegalArgumentException if a field has no JSON form
     */
    public String toJson(StorePrompt prompt, String key) {
        // By its JSON: a prompt may be in an array, or a text of another type than String.
        return Json.write(StoredPrompt.store(toPlainMap(), prompt, key));
    }

    /**
     * The request of a record with a digest in place of each prompt, so that it stays comparable with other requests.
     *
     * @param record any record
     * @return a JSON object; null for a record without a request
     */
    public static String withoutPrompt(TaskRecord record) {
        return record.request() == null
                ? null
                : Json.write(StoredPrompt.store(stored(record), StorePrompt.hash, record.key()));
    }

    /**
     * Tells whether a record lacks the prompt of its request, because it was not stored or was erased.
     *
     * @param record any record
     * @return false for a request that has no prompt
     */
    public static boolean isPromptMissing(TaskRecord record) {
        return record.request() != null
                && Json.readMap(record.request())
                        .filter(StoredPrompt::isConcealedIn)
                        .isPresent();
    }

    /**
     * The same as plain values.
     *
     * @return the body, and the id of the video that is changed
     */
    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        put(all, VIDEO_ID_FIELD, videoId);
        all.putAll(fields);
        return all;
    }

    /**
     * The same as the service reads it: maps, lists, texts and numbers only.
     *
     * @return what {@link #toJson} says
     * @throws IllegalArgumentException if a field has no JSON form
     */
    public Map<String, Object> toPlainMap() {
        return stored(toJson());
    }

    /**
     * Tells whether a record is of this request.
     *
     * @param record any record
     * @return true when the operation and all fields are equal, in any order; prompts as far as the record has stored them
     */
    public boolean isThatOf(TaskRecord record) {
        return operation.word().equals(record.operation())
                && record.request() != null
                && Json.readMap(record.request())
                        .filter(stored -> StoredPrompt.isSame(stored, stored(toJson()), record.key()))
                        .isPresent();
    }

    /**
     * Tells whether another request is the same.
     *
     * @param other any request
     * @return true when the operation and all fields are equal in their JSON, in any order
     */
    public boolean isSameAs(SubmitRequest other) {
        return operation == other.operation && isWrittenAs(other.toJson());
    }

    boolean isWrittenAs(String json) {
        return json != null && Json.readMap(json).equals(Json.readMap(toJson()));
    }

    /**
     * A text that is equal when requests are the same.
     *
     * @return the operation and the JSON
     * @throws IllegalArgumentException if a field has no JSON form
     */
    public String fingerprint() {
        return operation.word() + " " + toJson();
    }
}
