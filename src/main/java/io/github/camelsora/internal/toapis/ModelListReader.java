package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.ModelInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the list of the models that an account may use. An entry without a name is left out. */
final class ModelListReader {
    static final AccountQuery<List<ModelInfo>> QUERY = new AccountQuery<>("models", ModelListReader::read);

    private ModelListReader() {}

    private static Optional<List<ModelInfo>> read(JsonNode json) {
        JsonNode data = json.path("data");
        List<ModelInfo> models = elements(data)
                .filter(ModelListReader::hasName)
                .map(ModelListReader::model)
                .toList();
        // Not one name that can be read is no empty list, but another form of answer.
        boolean isList = data.isArray() && (data.isEmpty() || !models.isEmpty());
        return isList ? Optional.of(models) : Optional.empty();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean hasName(JsonNode entry) {
        return !text(entry, "id").orElse("").isBlank();
    }

    private static ModelInfo model(JsonNode entry) {
        return new ModelInfo(
                text(entry, "id").orElseThrow(),
                time(entry.path("created")),
                text(entry, "owned_by").orElse(null),
                elements(entry.path("supported_endpoint_types"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .toList(),
                Json.toMap(entry));
    }

    private static Optional<String> text(JsonNode entry, String name) {
        return Optional.ofNullable(entry.path(name).textValue());
    }

    private static Instant time(JsonNode seconds) {
        try {
            return seconds.canConvertToLong() && seconds.isNumber() ? Instant.ofEpochSecond(seconds.longValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
