package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraConstants;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.spi.Metadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Camel catalog says of this component, which is what users read in their editor. */
class CatalogTest {
    /** Headers that Camel's own file and HTTP components speak of under these names. */
    private static final List<String> NAMES_OF_CAMEL =
            List.of("CamelFileName", "CamelFileNameProduced", "CamelFileLength", "Content-Type");

    private static JsonNode catalog;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = CatalogTest.class.getResourceAsStream("/META-INF/io/github/camelsora/sora.json")) {
            catalog = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void theComponentIsAsynchronous() {
        assertThat(catalog.at("/component/async").booleanValue()).isTrue();
    }

    @Test
    void theComponentHasADescription() {
        assertThat(catalog.at("/component/description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"componentProperties", "properties", "headers"})
    void eachOptionAndHeaderHasADescription(String section) {
        List<String> withoutOne =
                namesIn(section, entry -> entry.path("description").asText().isBlank());

        assertThat(withoutOne).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"componentProperties", "properties", "headers"})
    void noSectionIsEmpty(String section) {
        assertThat(namesIn(section, entry -> true)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"componentProperties", "properties"})
    void theApiKeyIsASecret(String section) {
        List<String> secrets = namesIn(section, entry -> entry.path("secret").asBoolean());

        assertThat(secrets).contains("apiKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"componentProperties", "properties"})
    void whatSoundsLikeASecretIsASecret(String section) {
        List<String> open = namesIn(section, entry -> !entry.path("secret").asBoolean()).stream()
                .filter(name -> name.matches("(?i).*(apiKey|secret|password|token).*"))
                .toList();

        assertThat(open).isEmpty();
    }

    @Test
    void noStrangerCanSetAHeader() {
        List<String> open = namesIn("headers", entry -> true).stream()
                .filter(name -> !name.startsWith("CamelSora") && !NAMES_OF_CAMEL.contains(name))
                .toList();

        assertThat(open).isEmpty();
    }

    @Test
    void eachHeaderConstantIsInTheCatalogAndNothingElse() {
        List<String> headers = namesIn("headers", entry -> true);

        assertThat(headers).containsExactlyInAnyOrderElementsOf(constants());
    }

    @Test
    void eachHeaderConstantIsDescribedToTheCatalog() {
        Stream<Field> undescribed = fields().filter(field -> !field.isAnnotationPresent(Metadata.class));

        assertThat(undescribed).isEmpty();
    }

    private static List<String> namesIn(String section, Predicate<JsonNode> condition) {
        List<String> names = new ArrayList<>();
        for (Entry<String, JsonNode> entry : catalog.path(section).properties()) {
            if (condition.test(entry.getValue())) {
                names.add(entry.getKey());
            }
        }
        return names;
    }

    private static List<String> constants() {
        return fields().map(CatalogTest::valueOf).toList();
    }

    private static Stream<Field> fields() {
        return Arrays.stream(SoraConstants.class.getFields()).filter(field -> field.getType() == String.class);
    }

    private static String valueOf(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
