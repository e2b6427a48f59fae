package io.github.camelsora.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the service says went wrong, in any of its shapes: {@code {"error": {code, message, type}}}, the flat {@code {code,
 * message}}, an upstream's JSON inside the message, or a proxy's HTML. Never fails to read; what cannot be understood has
 * no code.
 *
 * @param code a number or a word; null when there is none
 * @param message a sentence without secrets; null when there is none
 */
record ApiError(String code, String message) {
    private static final int DEEPEST = 4;

    ApiError {
        code = Redaction.of(code);
    }

    /** Reads the body of an answer that is not 2xx. */
    static ApiError ofBody(byte[] body) {
        Optional<JsonNode> json = Json.readObject(body);
        return json.isPresent() ? read(json.get(), 0) : new ApiError(null, plain(body));
    }

    /** Reads why a task failed. */
    static ApiError ofTask(JsonNode task) {
        JsonNode error = task.path("error");
        if (error.isObject()) {
            return read(error, 0);
        }
        String text = Fields.firstText(task, "error", "fail_reason", "message");
        return text == null ? new ApiError(null, null) : unfold(null, text, 0);
    }

    /** The service's own word, where an upstream that it quotes may have another. */
    static String ownCode(byte[] body) {
        return Json.readObject(body).map(ApiError::code).orElse(null);
    }

    private static String code(JsonNode node) {
        JsonNode error = node.path("error").isObject() ? node.path("error") : node;
        return Fields.firstText(error, "code", "type");
    }

    boolean says(String word) {
        return word.equals(code);
    }

    private static ApiError read(JsonNode node, int depth) {
        JsonNode error = node.path("error").isObject() ? node.path("error") : node;
        String code = code(node);
        String message = Fields.firstText(error, "message", "error", "msg");
        return message == null ? new ApiError(code, null) : unfold(code, message, depth);
    }

    /** An upstream's error may stand as JSON inside the message: its words are the ones that help. */
    private static ApiError unfold(String code, String message, int depth) {
        if (depth < DEEPEST && message.strip().startsWith("{")) {
            Optional<JsonNode> inner = Json.readObject(message.getBytes(StandardCharsets.UTF_8));
            if (inner.isPresent()) {
                ApiError error = read(inner.get(), depth + 1);
                String innerCode = error.code() == null ? code : error.code();
                return new ApiError(innerCode, error.message() == null ? Redaction.of(message) : error.message());
            }
        }
        return new ApiError(code, Redaction.of(message));
    }

    private static String plain(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 4096), StandardCharsets.UTF_8)
                .replaceAll("(?s)<(script|style)\\b.*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return text.isEmpty() ? null : Redaction.of(text);
    }

    @Override
    public String toString() {
        String sentence = message == null ? "no reason given" : message;
        return code == null ? sentence : sentence + " (" + code + ")";
    }
}
