package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code samples/editors} makes of the catalogue of the component. It needs jq. */
class EditorsSampleTest {
    private static final Path SORA = Path.of("src/generated/resources/META-INF/io/github/camelsora/sora.json");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void needJq() {
        assumeTrue(Programs.find("jq").isPresent(), "jq is not installed");
    }

    @Test
    void kaotosCatalogueKeepsItsComponentsAndGetsThisOne() throws Exception {
        JsonNode catalog = kaoto();

        assertThat(catalog.path("log").path("component").path("name").asText()).isEqualTo("log");
        assertThat(catalog.path("sora").path("component"))
                .isEqualTo(mapper.readTree(SORA.toFile()).path("component"));
        assertThat(catalog.path("sora").fieldNames())
                .toIterable()
                .containsExactly("component", "componentProperties", "properties", "propertiesSchema");
    }

    @Test
    void kaotosFormHasEachOption() throws Exception {
        JsonNode sora = kaoto().path("sora");
        JsonNode form = sora.path("propertiesSchema").path("properties");

        assertThat(form.fieldNames()).toIterable().containsExactlyElementsOf(names(sora.path("properties")));
        assertThat(form)
                .allSatisfy(option ->
                        assertThat(option.path("description").asText()).isNotBlank());
        assertThat(sora.path("propertiesSchema").path("required")).hasSize(1);
        assertThat(form.path("operation").path("enum").get(0).asText()).isEqualTo("remix");
        assertThat(form.path("apiKey").path("format").asText()).isEqualTo("password");
        assertThat(form.path("waitForCompletion").path("type").asText()).isEqualTo("boolean");
        assertThat(form.path("completionTimeout").path("format").asText()).isEqualTo("duration");
        assertThat(form.path("schedulerProperties").path("type").asText()).isEqualTo("object");
        assertThat(form.path("pollStrategy").path("format").asText())
                .isEqualTo("bean:org.apache.camel.spi.PollingConsumerPollStrategy");
    }

    @Test
    void theSettingOfVsCodeIsAListOfTheCatalogue() throws Exception {
        JsonNode settings = jq("{\"camel.extra-components\": [.]}", SORA.toString());

        assertThat(settings.path("camel.extra-components").get(0)).isEqualTo(mapper.readTree(SORA.toFile()));
        assertThat(Files.readString(Path.of("samples/editors/README.md")))
                .contains("jq '{\"camel.extra-components\": [.]}' sora.json");
    }

    private JsonNode kaoto() throws Exception {
        Path components = Files.writeString(
                folder.resolve("components.json"),
                "{\"log\": {\"component\": {\"name\": \"log\"}, \"properties\": {}}}");
        return jq("--slurpfile", "sora", SORA.toString(), "-f", "samples/editors/kaoto.jq", components.toString());
    }

    private JsonNode jq(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("jq"));
        command.addAll(List.of(arguments));
        return mapper.readTree(Programs.run(new ProcessBuilder(command), folder, LIMIT));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
