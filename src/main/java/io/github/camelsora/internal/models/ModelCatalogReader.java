package io.github.camelsora.internal.models;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.camelsora.internal.spend.CreditPrices.CreditPrice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads catalogues of models from JSON, whose form is {@code models.schema.json}. Strict: a field that is not known, or has the
 * wrong type, is an error that names it.
 */
public final class ModelCatalogReader {
    private static final String SHIPPED = "/io/github/camelsora/models.json";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .withCoercionConfig(
                    LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Boolean, truths -> truths.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .addModule(new SimpleModule().addDeserializer(CreditPrice.class, new PriceReader()))
            .build();

    /** A price is a number, or a text for a price a second. */
    private static final class PriceReader extends StdScalarDeserializer<CreditPrice> {
        private static final long serialVersionUID = 1L;

        PriceReader() {
            super(CreditPrice.class);
        }

        @Override
        public CreditPrice deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.currentToken().isNumeric()
                    ? CreditPrice.parse(json.getDecimalValue().toPlainString())
                    : CreditPrice.parse(json.getText());
        }
    }

    private ModelCatalogReader() {}

    /**
     * The form of a file.
     *
     * @param $schema where the form is described; for editors
     * @param updated the day that the entries are of
     * @param models the entries by the names of models
     */
    private record Document(String $schema, String updated, Map<String, ModelEntry> models) {}

    static ModelCatalog shipped() {
        return new ModelCatalog(parse(SHIPPED, shippedTree()).models());
    }

    /**
     * The catalogue of the jar under that of a user: fields of a user's entry replace those of the same name, and null removes
     * one, as in a JSON merge patch (RFC 7396).
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
        if (parse(name, withoutNulls(name, users)).models() == null) {
            throw new IllegalArgumentException("modelCatalog " + name + " cannot be used: it has no field models");
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
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                below.remove(name);
            } else if (value instanceof ObjectNode upper) {
                overlay(below.get(name) instanceof ObjectNode lower ? lower : below.putObject(name), upper);
            } else {
                below.set(name, value);
            }
        });
    }

    private static ObjectNode withoutNulls(String name, JsonNode tree) {
        if (!(tree instanceof ObjectNode fields)) {
            throw new IllegalArgumentException("modelCatalog " + name + " cannot be used: it is no JSON object");
        }
        ObjectNode rest = MAPPER.createObjectNode();
        overlay(rest, fields);
        return rest;
    }

    private static Document parse(String name, JsonNode tree) {
        try {
            return MAPPER.treeToValue(tree, Document.class);
        } catch (JsonProcessingException e) {
            throw invalid(name, e);
        }
    }

    private static IllegalArgumentException invalid(String name, IOException cause) {
        String place = cause instanceof JsonMappingException mapping
                ? mapping.getPath().stream().map(ModelCatalogReader::step).collect(Collectors.joining(" → "))
                : "";
        return new IllegalArgumentException(
                "modelCatalog " + name + " cannot be used: " + (place.isEmpty() ? "" : place + ": ") + reason(cause),
                cause);
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() == null ? "item " + (step.getIndex() + 1) : step.getFieldName();
    }

    private static String reason(IOException cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return "there is no field of this name, only " + new TreeSet<>(unknown.getKnownPropertyIds());
        }
        // A check of ours says it in its own words.
        return cause.getCause() instanceof IllegalArgumentException own
                ? own.getMessage()
                : cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
    }
}
