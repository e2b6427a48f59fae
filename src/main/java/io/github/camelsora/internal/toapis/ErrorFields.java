package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** The names of the fields in which services and gateways report errors, in any case and with or without underscores. */
final class ErrorFields {
    /** Fields that may hold the reason of an error answer; the first that has one counts. */
    static final List<String> OF_ERROR = List.of(
            "error",
            "message",
            "errormessage",
            "errormsg",
            "msg",
            "failreason",
            "failurereason",
            "reason",
            "detail",
            "errors",
            "details",
            "errordescription",
            "description",
            "title",
            "text",
            "statusmessage");

    /** Fields that may hold the reason of a failed task; its message comes late, since it may be about the query. */
    static final List<String> OF_TASK = List.of(
            "error",
            "failreason",
            "failurereason",
            "errormessage",
            "errormsg",
            "reason",
            "detail",
            "errors",
            "message",
            "msg",
            "statusmessage");

    /** Fields that may hold an error code. */
    static final List<String> CODES = List.of("code", "type", "errorcode", "errcode", "errortype");

    private static final List<String> CODES_OF_TASK = List.of("errorcode", "errcode", "failcode", "failurecode");

    /** Values of these fields that are no reason. */
    private static final Set<String> NO_REASON = Set.of("success", "succeeded", "ok", "null", "none", "n/a");

    private static final Pattern NO_WORD = Pattern.compile(".*[:/\\s].*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private ErrorFields() {}

    /** Finds a field by its normalized name; a missing node when there is none. */
    static JsonNode field(JsonNode node, String name) {
        if (node.has(name)) {
            return node.path(name);
        }
        for (Entry<String, JsonNode> field : node.properties()) {
            if (normalize(field.getKey()).equals(name)) {
                return field.getValue();
            }
        }
        return node.path(name);
    }

    /** The code of an error, or of the object around it; null when there is none. */
    static String code(JsonNode node) {
        for (String name : CODES) {
            JsonNode value = field(node, name);
            boolean isSet =
                    value.isValueNode() && !value.isNull() && !value.asText().isBlank();
            // A type may be an address (RFC 9457), which is no code.
            if (isSet
                    && (name.equals("code") || !NO_WORD.matcher(value.asText()).matches())) {
                return value.asText();
            }
        }
        return null;
    }

    /** The error code that a failed task has outside of its error object; null when there is none. */
    static String codeOfTask(JsonNode task) {
        for (String name : CODES_OF_TASK) {
            JsonNode value = field(task, name);
            if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
                return value.asText();
            }
        }
        String code = Fields.firstText(task, "code");
        return code != null && isReason(code) && !NUMBER.matcher(code).matches() ? code : null;
    }

    static boolean isReason(String text) {
        return !text.isBlank() && !NO_REASON.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** The field that a validator's error is about, say {@code body.duration}; empty when not given. */
    static String location(JsonNode error) {
        StringJoiner place = new StringJoiner(".");
        for (JsonNode part : error.path("loc")) {
            place.add(part.asText());
        }
        return place.toString();
    }

    /** Whether an object has any value. */
    static boolean hasValue(JsonNode node) {
        if (node.isValueNode()) {
            return !node.isNull() && !node.asText().isBlank();
        }
        for (JsonNode child : node) {
            if (hasValue(child)) {
                return true;
            }
        }
        return false;
    }

    /** Normalizes a name, so that {@code errorMessage} equals {@code error_message}. */
    static String normalize(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
