package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/**
 * Holds the Kamelets to the rules of Camel's Kamelet catalogue, which its validator checks, and to the options of the component.
 * {@code -Ddocs.write} writes their properties anew.
 */
class KameletCatalogTest {
    private static final Metadata METADATA = new Metadata();
    private static final String ICON = "data:image/svg+xml;base64,";

    @Test
    void theJarHasTheseKamelets() {
        assertThat(kamelets())
                .extracting(KameletFile::name)
                .containsExactly(
                        "sora-download-action",
                        "sora-generate-action",
                        "sora-remix-action",
                        "sora-tasks-source",
                        "sora-webhook-source");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletIsNamedLikeItsFileAndByItsType(KameletFile kamelet) {
        assertThat(kamelet.root().path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.root().path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.path().toString()).endsWith(".kamelet.yaml");
        assertThat(kamelet.name()).isEqualTo(kamelet.nameOfFile()).endsWith("-" + kamelet.type());
        assertThat(kamelet.type()).isIn("action", "sink", "source");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletHasTheAnnotationsOfTheCatalogue(KameletFile kamelet) throws Exception {
        assertThat(kamelet.annotation("kamelet.support.level")).isEqualTo(METADATA.component("supportLevel"));
        assertThat(kamelet.annotation("catalog.version")).isEqualTo(METADATA.component("version"));
        assertThat(kamelet.annotation("provider")).isEqualTo(METADATA.component("artifactId"));
        assertThat(kamelet.annotation("kamelet.group")).isEqualTo(METADATA.component("title"));
        assertThat(kamelet.annotation("kamelet.namespace")).isEqualTo("AI");
        assertThat(kamelet.annotation("kamelet.icon")).startsWith(ICON);
        byte[] icon =
                Base64.getDecoder().decode(kamelet.annotation("kamelet.icon").substring(ICON.length()));
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(icon));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aDefinitionHasATitleADescriptionAndTypes(KameletFile kamelet) {
        JsonNode definition = kamelet.definition();
        String type = kamelet.type();

        assertThat(definition.path("title").asText())
                .matches("Sora [A-Z]\\w+ [A-Z]\\w+")
                .endsWith(type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
        assertThat(definition.path("description").asText()).isNotBlank();
        assertThat(definition.path("type").asText()).isEqualTo("object");
        assertThat(kamelet.root().at("/spec/types/out/mediaType").asText()).contains("/");
        assertThat(kamelet.root().at("/spec/types/in").isMissingNode()).isEqualTo(type.equals("source"));
    }

    @Test
    void titlesAndDescriptionsAreNotRepeated() {
        assertThat(kamelets())
                .extracting(kamelet -> kamelet.definition().path("title"))
                .doesNotHaveDuplicates();
        assertThat(kamelets())
                .extracting(kamelet -> kamelet.definition().path("description"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aPropertyIsAnOptionOfTheComponentAsItIs(KameletFile kamelet) throws Exception {
        if (System.getProperty("docs.write") != null) {
            kamelet.write(METADATA);
        }

        assertThat(kamelet.writtenProperties()).isEqualTo(kamelet.rightProperties(METADATA));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void titlesOfPropertiesAreCapitalised(KameletFile kamelet) {
        assertThat(kamelet.definition().path("properties")).allSatisfy(property -> {
            assertThat(List.of(property.path("title").asText().split(" ")))
                    .allSatisfy(word -> assertThat(word).matches("[A-Z]\\w+"))
                    .first()
                    .asString()
                    .isNotIn("The", "A", "An");
            assertThat(property.path("description").asText()).isNotBlank();
            assertThat(property.path("type").asText()).isIn("boolean", "integer", "number", "string");
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void requiredPropertiesExistAndAreListedOnce(KameletFile kamelet) {
        assertThat(kamelet.required()).doesNotHaveDuplicates().isSubsetOf(kamelet.properties());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void eachPropertyIsUsedAndNoOtherIs(KameletFile kamelet) {
        assertThat(kamelet.usedProperties()).isEqualTo(kamelet.properties());
    }

    /** Two Kamelets with different keys may stand in one context, so what belongs to an account is set on the endpoint. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void eachPropertySetsTheOptionOfItsNameOnTheEndpoint(KameletFile kamelet) {
        String side = kamelet.type().equals("source") ? "producer" : "consumer";

        assertThat(kamelet.soraEndpoint().path("uri").asText())
                .isEqualTo("sora:" + kamelet.name().split("-")[1]);
        assertThat(kamelet.options().keySet()).isEqualTo(kamelet.properties()).contains("account", "apiKey", "baseUrl");
        assertThat(kamelet.options()).allSatisfy((name, value) -> {
            JsonNode option = METADATA.option(name).orElseThrow();
            String placeholder = "{{" + (kamelet.required().contains(name) ? "" : "?") + name + "}}";
            // Text may contain characters that have a meaning in a URI.
            boolean isText = option.path("type").asText().equals("string")
                    && option.path("enum").isMissingNode();
            assertThat(value).isEqualTo(isText ? "RAW(" + placeholder + ")" : placeholder);
            assertThat(option.path("label").asText()).doesNotContain(side);
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void dependenciesAreNamedInThisVersion(KameletFile kamelet) {
        String coordinates = METADATA.component("groupId") + ":" + METADATA.component("artifactId");

        assertThat(kamelet.dependencies())
                .doesNotHaveDuplicates()
                .contains("camel:core", "camel:kamelet", "mvn:" + coordinates + ":" + METADATA.component("version"));
        assertThat(kamelet.dependencies().contains("camel:platform-http"))
                .isEqualTo(kamelet.name().equals("sora-webhook-source"));
    }

    static List<KameletFile> kamelets() {
        return KameletFile.all();
    }
}
