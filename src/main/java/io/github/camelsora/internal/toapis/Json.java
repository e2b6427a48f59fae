package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The one JSON mapper. Reading returns an empty result instead of throwing. */
public final class Json {
    // Trailing garbage means that an answer was cut or mixed up, so it must not count as readable.
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private Json() {}

    /**
     * Reads a JSON object.
     *
     * @param bytes the received bytes
     * @return the object; empty when the bytes are anything else
     */
    public static Optional<JsonNode> readObject(byte[] bytes) {
        try {
            return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a JSON object.
     *
     * @param text the text
     * @return its fields in order; empty when the text is anything else
     */
    public static Optional<Map<String, Object>> readMap(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || !node.isObject() ? Optional.empty() : Optional.of(toMap(node));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a JSON string.
     *
     * @param text the text
     * @return the value of the string; empty when the text is anything else
     */
    public static Optional<String> readText(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Tells whether a text is one JSON value from its beginning to its end.
     *
     * @param text the text
     * @return true for any value
     */
    public static boolean isWhole(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node != null && !node.isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static Map<String, Object> toMap(JsonNode object) {
        return MAPPER.convertValue(object, OBJECT);
    }

    /**
     * Writes fields as a JSON object.
     *
     * @param fields names and plain values
     * @return the text
     * @throws IllegalArgumentException if a value has no JSON form
     */
    public static String write(Map<String, Object> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("It has no JSON form: " + e.getOriginalMessage(), e);
        }
    }
}
