package io.github.camelsora.internal.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Reads catalogues of models from JSON, whose form is {@code models.schema.json}. Strict: a field that is not known, or has the
 * wrong type, is an error that names it.
 */
public final class ModelCatalogReader {
    private static final String SHIPPED = "/io/github/camelsora/models.json";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ModelCatalogReader() {}

    /**
     * The form of a file.
     *
     * @param schema where the form is described; for editors
     * @param updated the day that the entries are of
     * @param models the entries by the names of models
     */
    private record Document(String $schema, String updated, Map<String, ModelEntry> models) {}

    static ModelCatalog shipped() {
        return new ModelCatalog(parse(SHIPPED, shippedTree()).models());
    }

    /**
     * The catalogue of the jar under that of a user: fields of a user's entry replace those of the same name.
     *
     * @param name what the file is called, for messages
     * @param json the file
     * @throws IllegalArgumentException if it is not a catalogue; it names the file and the field
     */
    public static ModelCatalog shippedUnder(String name, InputStream json) {
        JsonNode users;
        try {
            users = MAPPER.readTree(json);
        } catch (IOException e) {
            throw invalid(name, e);
        }
        // Alone, so that an error is one of this file.
        if (parse(name, users).models() == null) {
            throw new IllegalArgumentException("modelCatalog " + name + " has no field 'models'");
        }
        ObjectNode merged = shippedTree();
        overlay(merged, (ObjectNode) users);
        return new ModelCatalog(parse(name, merged).models());
    }

    private static ObjectNode shippedTree() {
        try (InputStream file = ModelCatalogReader.class.getResourceAsStream(SHIPPED)) {
            return (ObjectNode) MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void overlay(ObjectNode below, ObjectNode above) {
        above.properties().forEach(field -> {
            JsonNode standing = below.get(field.getKey());
            if (standing instanceof ObjectNode inner && field.getValue() instanceof ObjectNode upper) {
                overlay(inner, upper);
            } else {
                below.set(field.getKey(), field.getValue());
            }
        });
    }

    private static Document parse(String name, JsonNode tree) {
        if (!(tree instanceof ObjectNode)) {
            throw new IllegalArgumentException("modelCatalog " + name + " is no JSON object");
        }
        try {
            return MAPPER.treeToValue(tree, Document.class);
        } catch (JsonProcessingException e) {
            throw invalid(name, e);
        }
    }

    private static IllegalArgumentException invalid(String name, IOException cause) {
        String reason = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        String place = cause instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? " at " + mapping.getPathReference().replaceAll("[\\w.$]+\\[", "[")
                : "";
        return new IllegalArgumentException("modelCatalog " + name + " cannot be used" + place + ": " + reason, cause);
    }
}
