package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the service says went wrong, in any of its shapes: {@code {"error": {code, message, type}}}, the flat {@code {code,
 * message}}, a reason in a field of a gateway's own (see {@link ErrorFields}), an upstream's JSON inside the message, or a
 * proxy's HTML. Never fails to read; what cannot be understood has no code.
 *
 * @param code a number or a word; null when there is none
 * @param message a sentence without secrets; null when there is none
 */
record ApiError(String code, String message) {
    private static final ApiError NONE = new ApiError(null, null);
    private static final int DEEPEST = 4;
    /** A list of errors is quoted so far. */
    private static final int MOST_ERRORS = 5;

    /** Objects of a task in which an upstream's answer may stand. */
    private static final List<String> UPSTREAM = List.of("result", "data", "output", "response");

    ApiError {
        code = Redaction.of(code);
    }

    /** Reads the body of an answer that is not what was asked for. Where no field is known, the body is the message. */
    static ApiError ofBody(byte[] body) {
        Optional<JsonNode> json = Json.readObject(body);
        if (json.isEmpty()) {
            return new ApiError(null, plain(body));
        }
        ApiError error = read(json.get(), 0);
        boolean isWhole = error.message() == null && ErrorFields.hasValue(json.get());
        return isWhole ? new ApiError(error.code(), plain(body)) : error;
    }

    /**
     * Reads why a task failed.
     *
     * @param task the task
     * @param answer the answer that holds it; may be the task itself
     */
    static ApiError ofTask(JsonNode task, JsonNode answer) {
        ApiError error = reason(task, ErrorFields.OF_TASK, ErrorFields.codeOfTask(task), 0);
        for (String name : UPSTREAM) {
            JsonNode inner = task.path(name);
            if (error.message() == null && inner.isObject()) {
                error = reason(inner, ErrorFields.OF_TASK, error.code(), 1);
            }
        }
        return error.message() == null && task != answer ? reason(answer, ErrorFields.OF_TASK, error.code(), 1) : error;
    }

    /** The service's own word, where an upstream that it quotes may have another. */
    static String ownCode(byte[] body) {
        return Json.readObject(body).map(ApiError::ownCode).orElse(null);
    }

    private static String ownCode(JsonNode node) {
        JsonNode error = node.path("error").isObject() ? node.path("error") : node;
        return Fields.firstText(error, "code", "type");
    }

    private static ApiError read(JsonNode node, int depth) {
        return reason(node, ErrorFields.OF_ERROR, ErrorFields.code(node), depth);
    }

    /** The reason that stands in the first field that has one; the innermost code counts. */
    private static ApiError reason(JsonNode node, List<String> names, String outerCode, int depth) {
        String code = outerCode;
        for (String name : names) {
            ApiError error = ofValue(ErrorFields.field(node, name), depth);
            code = error.code() == null ? code : error.code();
            if (error.message() != null) {
                return new ApiError(code, error.message());
            }
        }
        return new ApiError(code, null);
    }

    private static ApiError ofValue(JsonNode value, int depth) {
        if (value.isTextual() && ErrorFields.isReason(value.asText())) {
            return unfold(value.asText(), depth);
        }
        if (depth >= DEEPEST) {
            return NONE;
        }
        return value.isObject() ? read(value, depth + 1) : value.isArray() ? ofList(value, depth) : NONE;
    }

    /** Validators list each field that they refuse. */
    private static ApiError ofList(JsonNode list, int depth) {
        String code = null;
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < Math.min(list.size(), MOST_ERRORS); i++) {
            ApiError error = ofValue(list.get(i), depth);
            code = code == null ? error.code() : code;
            if (error.message() != null) {
                String place = ErrorFields.location(list.get(i));
                message.append(message.isEmpty() ? "" : "; ")
                        .append(place.isEmpty() ? "" : place + ": ")
                        .append(error.message());
            }
        }
        return new ApiError(code, message.isEmpty() ? null : Redaction.of(message.toString()));
    }

    /** An upstream's error may stand as JSON inside the message: its words are the ones that help. */
    private static ApiError unfold(String message, int depth) {
        if (depth < DEEPEST && message.strip().startsWith("{")) {
            Optional<JsonNode> inner = Json.readObject(message.getBytes(StandardCharsets.UTF_8));
            if (inner.isPresent()) {
                ApiError error = read(inner.get(), depth + 1);
                return new ApiError(error.code(), error.message() == null ? Redaction.of(message) : error.message());
            }
        }
        return new ApiError(null, Redaction.of(message));
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
