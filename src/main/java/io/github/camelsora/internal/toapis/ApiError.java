package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The error of an answer, in any of the shapes that occur: {@code {"error": {code, message, type}}}, the flat {@code {code,
 * message}}, a reason in a gateway's own field (see {@link ErrorFields}), an upstream's JSON inside the message, or a
 * proxy's HTML. Reading never fails; an error that is not understood has no code.
 *
 * @param code the error code, a number or a word; null when there is none
 * @param message the reason, with secrets removed; null when there is none
 */
record ApiError(String code, String message) {
    private static final ApiError NONE = new ApiError(null, null);
    private static final int DEEPEST = 4;
    /** How many errors of a list are quoted. */
    private static final int MOST_ERRORS = 5;

    /** Objects of a task that may hold an upstream's answer. */
    private static final List<String> UPSTREAM = List.of("result", "data", "output", "response");

    ApiError {
        code = Redaction.of(code);
    }

    /** Reads the body of an error answer. When it has no known field, the whole body is the message. */
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
     * Reads the reason why a task failed.
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

    /** The code of the service itself, not that of an upstream that it quotes. */
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

    /** The reason in the first field that has one; the innermost code wins. */
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

    /** Validators report a list with one error for each field. */
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

    /** The message may be an upstream's error as JSON; its reason is the more specific one. */
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
