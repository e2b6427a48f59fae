package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * YAML is in Camel's canonical notation, because newer ones warn of the compact one: each step is a map of its options, and each
 * expression stands below {@code expression:}. What an option is, Camel's schema says. Blocks of the documents are copies of
 * files that are checked here.
 */
class CanonicalYamlTest {
    /** The check of routes has to read what users write, wrong files included. */
    private static final Path OF_THE_CHECK = Path.of("src/test/resources/io/github/camelsora/validate");

    private static final JsonNode SCHEMA = schema();

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsCanonical(Path file) {
        assertThat(compact(Snippets.read(file))).isEmpty();
    }

    /** A Kamelet has the steps of a route template. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void everyKameletIsCanonical(KameletFile kamelet) {
        assertThat(compact("[{routeTemplate: " + kamelet.template() + "}]")).isEmpty();
    }

    static List<KameletFile> kamelets() {
        return KameletFile.all();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- from: {uri: 'direct:a', steps: []}",
                "- route: {from: {uri: 'direct:a', steps: [to: 'sora:remix']}}",
                "- route: {from: {uri: 'direct:a', steps: [log: done]}}",
                "- route: {from: {uri: 'direct:a', steps: [setBody: {simple: a}]}}",
                "- route: {from: {uri: 'direct:a', steps: [setBody: {expression: {simple: a}}]}}",
                "- route: {from: {uri: 'direct:a', steps: [to: {uri: 'sora:remix?model=sora-2'}]}}",
                "- route: {from: {uri: 'direct:a', steps: [choice: {when: [{simple: a, steps: []}]}]}}",
                "- onException: {handled: {constant: 'true'}}"
            })
    void compactNotationIsFound(String yaml) {
        assertThat(compact(yaml)).hasSize(1);
    }

    @Test
    void allPlacesOfYamlAreLookedAt() throws IOException {
        assertThat(files())
                .extracting(Path::toString)
                .contains(
                        "routes/notify.yaml",
                        "src/main/resources/routes/templates/sora-notify.yaml",
                        "samples/webhook/src/main/resources/camel/webhook.yaml")
                .anyMatch(file -> file.startsWith("src/test/resources/"));
    }

    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String root : List.of("routes", "samples", "src")) {
            try (Stream<Path> all = Files.walk(Path.of(root))) {
                all.filter(CanonicalYamlTest::isOfCamel).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** Routes are lists; what is a map configures something else. */
    private static boolean isOfCamel(Path file) {
        return file.toString().matches(".*\\.ya?ml")
                && !file.toString().contains("/target/")
                && !file.startsWith(OF_THE_CHECK)
                && load(Snippets.read(file)) instanceof List;
    }

    private static List<String> compact(String yaml) {
        List<String> found = new ArrayList<>();
        JsonNode entries = SCHEMA.path("items");
        for (Object entry : (List<?>) load(yaml)) {
            if (((Map<?, ?>) entry).containsKey("from")) {
                found.add("from without route");
            } else {
                check(entry, entries, "", found);
            }
        }
        return found;
    }

    private static void check(Object value, JsonNode schema, String place, List<String> found) {
        if (value instanceof List<?> list) {
            list.forEach(item -> check(item, resolve(schema).path("items"), place, found));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, JsonNode> options = options(resolve(schema));
            map.forEach((key, option) -> {
                JsonNode known = options.get(key);
                if (known != null) {
                    check(option, known, place + "/" + key, found);
                } else if (!options.isEmpty()) {
                    found.add(place + "/" + key);
                }
            });
            if (String.valueOf(map.get("uri")).contains("?")) {
                found.add(place + "/uri has parameters");
            }
        } else if (!options(resolve(schema)).isEmpty()) {
            found.add(place + " is no map");
        }
    }

    private static JsonNode resolve(JsonNode schema) {
        JsonNode own = schema;
        while (own.has("$ref") && !own.has("properties")) {
            own = SCHEMA.at(own.path("$ref").textValue().substring(1));
        }
        for (JsonNode alternative : own.path("oneOf")) {
            if (alternative.has("properties")) {
                return alternative;
            }
        }
        return own;
    }

    /** The options of a node. Of Camel's compact notation the schema says only that the language is allowed. */
    private static Map<String, JsonNode> options(JsonNode node) {
        Map<String, JsonNode> options = new HashMap<>();
        List<JsonNode> alternatives = new ArrayList<>(List.of(node));
        node.path("anyOf").forEach(any -> any.path("oneOf").forEach(alternatives::add));
        alternatives.forEach(
                alternative -> alternative.path("properties").properties().forEach(option -> {
                    if (!option.getValue().isEmpty()) {
                        options.put(option.getKey(), option.getValue());
                    }
                }));
        return options;
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static JsonNode schema() {
        try (InputStream in = CanonicalYamlTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
