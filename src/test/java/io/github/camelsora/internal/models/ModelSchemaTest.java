package io.github.camelsora.internal.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, the reader and the shipped catalogue are of one form. */
class ModelSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCHEMA = resource("models.schema.json");

    @Test
    void theShippedCatalogueIsOfTheSchema() {
        assertThat(faults(resource("models.json"))).isEmpty();
    }

    @Test
    void theSchemaHasEveryFieldOfAModelThatTheReaderHas() {
        assertThat(fieldsOf("model")).containsExactlyInAnyOrderElementsOf(components(ModelEntry.class));
    }

    @Test
    void theSchemaHasEveryFieldOfARuleThatTheReaderHas() {
        assertThat(fieldsOf("rules")).containsExactlyInAnyOrderElementsOf(components(ModelRules.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "rules"})
    void everyFieldIsDescribed(String type) {
        assertThat(SCHEMA.at("/$defs/" + type + "/properties"))
                .allSatisfy(
                        field -> assertThat(field.path("description").asText()).endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "rules"})
    void everyFieldIsOnTheComponentPage(String type) throws IOException {
        String page = Files.readString(Path.of("src/main/docs/sora-component.adoc"));
        String section = page.replaceFirst("(?s).*\n=== Models\n(.*?)\n==+ .*", "$1");

        assertThat(section)
                .contains(
                        fieldsOf(type).stream().map(field -> "`" + field + "`").toList());
    }

    @Test
    void theExampleOnTheComponentPageIsACatalogue() throws IOException {
        String page = Files.readString(Path.of("src/main/docs/sora-component.adoc"));
        String example = page.replaceFirst("(?s).*\n=== Models\n.*?\\[source,json]\n----\n(.*?)\n----.*", "$1");

        assertThat(faults(tree(example))).isEmpty();
        assertThatCode(() -> read(example)).doesNotThrowAnyException();
    }

    static Stream<String> right() {
        return Stream.of(
                "{'models': {'m': {'traced': true}}}",
                "{'models': {}}",
                "{'$schema': 'models.schema.json', 'updated': '2026-08-20', 'models': {}}",
                "{'models': {'m': {'state': 'ended', 'ended': '2026-01-31', 'successors': ['n']}}}",
                "{'models': {'m': {'price': 20, 'prices': {'25': '0.8/s', '30': '2.5', '35': 2.5}, 'note': 'n', 'page': 'p'}}}",
                "{'models': {'m': {'operations': {'extend': {'required': ['size'], 'forbidden': ['duration']}}}}}",
                "{'models': {'m': {'operations': {'generate': {'allowed': {'n': [1, 2.5], 'size': ['a']}}}}}}",
                "{'models': {'m': {'operations': {'remix': {'when': {'a': {'b': {'required': ['c']}}}}}}}}",
                "{'models': {'sora-2': null, 'sora-2-pro': {'state': null, 'operations': {'remix': {'allowed': null}}}}}");
    }

    static Stream<String> wrong() {
        return Stream.of(
                "{}",
                "[]",
                "{'models': []}",
                "{'models': {}, 'more': 1}",
                "{'models': {'m': {'colour': 1}}}",
                "{'models': {'m': {'state': 'gone'}}}",
                "{'models': {'m': {'page': 5}}}",
                "{'models': {'m': {'successors': 'n'}}}",
                "{'models': {'m': {'successors': [1]}}}",
                "{'models': {'m': {'traced': 'true'}}}",
                "{'models': {'m': {'traced': 1}}}",
                "{'models': {'m': {'price': true}}}",
                "{'models': {'m': {'price': -1}}}",
                "{'models': {'m': {'price': 1000000000}}}",
                "{'models': {'m': {'price': '20/m'}}}",
                "{'models': {'m': {'prices': {'0': 3}}}}",
                "{'models': {'m': {'prices': {'long': 3}}}}",
                "{'models': {'m': {'operations': {'mix': {}}}}}",
                "{'models': {'m': {'operations': {'remix': {'allow': {}}}}}}",
                "{'models': {'m': {'operations': {'remix': {'allowed': {'size': []}}}}}}",
                "{'models': {'m': {'operations': {'remix': {'allowed': {'size': [true]}}}}}}",
                "{'models': {'m': {'operations': {'remix': {'required': [null]}}}}}");
    }

    @ParameterizedTest
    @MethodSource("right")
    void whatTheSchemaAllowsIsRead(String json) {
        assertThat(faults(tree(json))).isEmpty();
        assertThatCode(() -> read(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatTheSchemaForbidsIsRefused(String json) {
        assertThat(faults(tree(json))).isNotEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> read(json));
    }

    private static Set<ValidationMessage> faults(JsonNode catalog) {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SCHEMA, SchemaValidatorsConfig.builder().build());
        return schema.validate(catalog);
    }

    private static void read(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ModelCatalogReader.shippedUnder("file:models.json", new ByteArrayInputStream(bytes));
    }

    private static List<String> fieldsOf(String type) {
        return SCHEMA.at("/$defs/" + type + "/properties").properties().stream()
                .map(field -> field.getKey())
                .toList();
    }

    private static List<String> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(component -> component.getName())
                .toList();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode resource(String name) {
        try (InputStream file = ModelCatalog.class.getResourceAsStream("/io/github/camelsora/" + name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
