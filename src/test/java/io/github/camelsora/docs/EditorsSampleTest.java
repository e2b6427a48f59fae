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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What editors get from the jar, and the commands of {@code samples/editors}. */
class EditorsSampleTest {
    private static final Path SORA = Path.of("src/generated/resources/META-INF/io/github/camelsora/sora.json");
    private static final Path README = Path.of("samples/editors/README.md");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode kaoto;

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws Exception {
        if (System.getProperty("docs.write") != null) {
            Files.writeString(KaotoCatalog.FILE, KaotoCatalog.json());
        }
        kaoto = MAPPER.readTree(KaotoCatalog.FILE.toFile());
    }

    @Test
    void whatKaotoGetsIsWhatTheComponentAndItsKameletsAre() throws Exception {
        assertThat(KaotoCatalog.FILE)
                .as("mvn test -Dtest=EditorsSampleTest -Ddocs.write writes it")
                .hasContent(KaotoCatalog.json());
    }

    @Test
    void kaotosFormHasEachOption() {
        JsonNode sora = kaoto.at("/components/sora");
        JsonNode form = sora.at("/propertiesSchema/properties");

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
    void kaotosFormHasEachParameterOfAKamelet() {
        JsonNode form = kaoto.at("/kamelets/sora-remix-action/propertiesSchema");

        assertThat(names(kaoto.path("kamelets")))
                .containsExactlyElementsOf(
                        KameletFile.all().stream().map(KameletFile::name).toList());
        assertThat(form.path("title").asText()).isEqualTo("Sora Remix Action");
        assertThat(form.at("/properties/apiKey/format").asText()).isEqualTo("password");
        assertThat(form.at("/properties/waitForCompletion/type").asText()).isEqualTo("boolean");
    }

    @Test
    void theCommandsForKaotoKeepWhatTheCatalogueHasAndAddOurs() throws Exception {
        assumeTrue(Programs.find("jq").isPresent(), "jq is not installed");
        Files.copy(KaotoCatalog.FILE, folder.resolve("kaoto.json"));
        Path catalog = Files.createDirectories(folder.resolve("package/dist/camel-catalog/camel-main/4.18.4"));
        Path components = Files.writeString(
                catalog.resolve("camel-catalog-aggregate-components-1.json"), "{\"log\": {\"component\": {}}}");
        Path kamelets = Files.writeString(catalog.resolve("kamelets-aggregate-1.json"), "{\"log-action\": {}}");
        String commands = Files.readAllLines(README).stream()
                .filter(line -> line.matches(" {4}(add\\(\\)|for) .*"))
                .collect(Collectors.joining("\n"));

        Programs.run(new ProcessBuilder("bash", "-euc", commands).directory(folder.toFile()), folder, LIMIT);

        assertThat(names(MAPPER.readTree(components.toFile()))).containsExactly("log", "sora");
        assertThat(names(MAPPER.readTree(kamelets.toFile())))
                .contains("log-action", "sora-remix-action", "sora-webhook-source");
    }

    /** CI runs the commands of the README on Kaoto's own package before. */
    @Test
    @EnabledIfSystemProperty(named = "kaoto.catalog", matches = ".+")
    void kaotosOwnCatalogueHasOursInTheFormThatItsGeneratorGivesToTheOthers() throws Exception {
        List<JsonNode> components = catalogs("camel-catalog-aggregate-components-");
        List<JsonNode> kamelets = catalogs("kamelets-aggregate-");

        assertThat(components).hasSizeGreaterThan(5).allSatisfy(catalog -> assertThat(catalog.path("sora"))
                .isEqualTo(kaoto.at("/components/sora")));
        assertThat(kamelets).hasSizeGreaterThan(5).allSatisfy(catalog -> assertThat(catalog.path("sora-remix-action"))
                .isEqualTo(kaoto.at("/kamelets/sora-remix-action")));
        // The others have options that are deprecated, lists, numbers of a special form, or binary; ours have none of
        // these.
        assertThat(components).allSatisfy(catalog -> assertThat(
                        share(catalog, entry -> KaotoCatalog.component(entry).equals(entry)))
                .isGreaterThan(0.85));
        assertThat(kamelets).allSatisfy(catalog -> assertThat(
                        share(catalog, entry -> KaotoCatalog.kamelet(entry).equals(entry)))
                .isGreaterThan(0.85));
    }

    private static List<JsonNode> catalogs(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("kaoto.catalog")), 3)) {
            List<JsonNode> catalogs = new ArrayList<>();
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(name))
                    .toList()) {
                catalogs.add(MAPPER.readTree(file.toFile()));
            }
            return catalogs;
        }
    }

    private static double share(JsonNode catalog, Predicate<JsonNode> filter) {
        long equal = catalog.properties().stream()
                .filter(entry -> filter.test(entry.getValue()))
                .count();
        return (double) equal / catalog.size();
    }

    @Test
    void theCommandForVsCodeWritesTheSettingsOfAWorkspaceWithoutAny() throws Exception {
        assumeTrue(Programs.find("jq").isPresent(), "jq is not installed");
        Files.copy(SORA, folder.resolve("sora.json"));
        String command = Files.readAllLines(README).stream()
                .filter(line -> line.contains("settings.json") && line.startsWith("    "))
                .collect(Collectors.joining("\n"));

        Programs.run(new ProcessBuilder("bash", "-euc", command).directory(folder.toFile()), folder, LIMIT);

        JsonNode settings =
                MAPPER.readTree(folder.resolve(".vscode/settings.json").toFile());
        assertThat(settings.path("camel.extra-components").get(0)).isEqualTo(MAPPER.readTree(SORA.toFile()));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
