package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Under which names services and gateways say what went wrong. A name counts in any case, with or without underscores. */
final class ErrorFields {
    /** Where the reason of a refusal stands; the first that holds one counts. */
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

    /** Where the reason of a failed task stands; its message may be about the question. */
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

    /** Where a word for what went wrong stands. */
    static final List<String> CODES = List.of("code", "type", "errorcode", "errcode", "errortype");

    private static final List<String> CODES_OF_TASK = List.of("errorcode", "errcode", "failcode", "failurecode");

    /** Not a reason, though it may stand where one would. */
    private static final Set<String> NO_REASON = Set.of("success", "succeeded", "ok", "null", "none", "n/a");

    private static final Pattern NO_WORD = Pattern.compile(".*[:/\\s].*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private ErrorFields() {}

    /** A field by its name without underscores, in lower case; a missing node when there is none. */
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
            // A type may be an address (RFC 9457), which is no word.
            if (isSet
                    && (name.equals("code") || !NO_WORD.matcher(value.asText()).matches())) {
                return value.asText();
            }
        }
        return null;
    }

    /** The code that a failed task has beside its error; null when there is none. */
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

    /** Which field an error of a validator is about, say {@code body.duration}; empty when that is not said. */
    static String location(JsonNode error) {
        StringJoiner place = new StringJoiner(".");
        for (JsonNode part : error.path("loc")) {
            place.add(part.asText());
        }
        return place.toString();
    }

    /** Whether there is any value in an object. */
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

    /** A name as all ways to write it have in common: {@code errorMessage} is {@code error_message}. */
    static String normalize(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
