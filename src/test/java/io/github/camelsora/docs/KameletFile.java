package io.github.camelsora.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A Kamelet of the jar. Its properties are written from the options of the component. */
record KameletFile(Path path, JsonNode root) {
    private static final Path FOLDER = Path.of("src/main/resources/kamelets");
    private static final String ENDING = ".kamelet.yaml";
    private static final Pattern PROPERTIES = Pattern.compile("(?s)(?<=\n    properties:\n).*?(?=  types:\n)");
    /** As in the validator of Camel's catalogue. */
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??([A-Za-z0-9-._]+)(?::[^}]*)?}}");

    static List<KameletFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(KameletFile::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KameletFile of(Path path) {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Snippets.read(path));
        return new KameletFile(path, new ObjectMapper().valueToTree(yaml));
    }

    String nameOfFile() {
        return path.getFileName().toString().replace(ENDING, "");
    }

    String name() {
        return root.at("/metadata/name").asText();
    }

    String type() {
        return root.path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText();
    }

    String annotation(String name) {
        return root.path("metadata")
                .path("annotations")
                .path("camel.apache.org/" + name)
                .asText();
    }

    JsonNode definition() {
        return root.at("/spec/definition");
    }

    JsonNode template() {
        return root.at("/spec/template");
    }

    List<String> dependencies() {
        return texts(root.at("/spec/dependencies"));
    }

    List<String> required() {
        return texts(definition().path("required"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    Set<String> properties() {
        Set<String> names = new TreeSet<>();
        definition().path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The properties that the template names. */
    Set<String> usedProperties() {
        return parametersOf(template().toString());
    }

    static Set<String> parametersOf(String template) {
        return PARAMETER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The endpoint of the component in the template: that of {@code from}, or of the one step. */
    JsonNode soraEndpoint() {
        JsonNode from = template().path("from");
        return type().equals("source") ? from : from.at("/steps/0/to");
    }

    /** The options that the template sets on the endpoint of the component. */
    Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        soraEndpoint()
                .path("parameters")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return options;
    }

    /** The text of the properties as the file has it. */
    String writtenProperties() {
        return PROPERTIES
                .matcher(Snippets.read(path))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    /** Writes the properties as the options of the component say them. */
    void write(Metadata metadata) throws IOException {
        String right = Matcher.quoteReplacement(rightProperties(metadata));
        Files.writeString(path, PROPERTIES.matcher(Snippets.read(path)).replaceFirst(right));
    }

    /** The text of the properties as the options of the component say it. */
    String rightProperties(Metadata metadata) {
        List<String> lines = new ArrayList<>();
        definition().path("properties").properties().forEach(property -> {
            String name = property.getKey();
            JsonNode option = metadata.option(name).orElseThrow(() -> new AssertionError(name + " is no option"));
            lines.add("      " + name + ":");
            lines.add("        title: " + title(option));
            lines.add("        description: " + quoted(description(option)));
            lines.add("        type: " + schemaType(option));
            if (option.path("secret").asBoolean()) {
                lines.add("        format: password");
                lines.add("        x-descriptors:");
                lines.add("          - urn:camel:group:credentials");
            }
            if (property.getValue().has("example")) {
                lines.add("        example: "
                        + quoted(property.getValue().path("example").asText()));
            }
            if (option.has("enum")) {
                lines.add("        enum: " + option.path("enum"));
            }
        });
        return String.join("\n", lines) + "\n";
    }

    private static String title(JsonNode option) {
        return option.path("displayName")
                .asText()
                .replace("Api ", "API ")
                .replaceFirst(" Url$", " URL")
                .replaceFirst(" Id$", " ID");
    }

    /**
     * With its default in words: a default of the Kamelet would be laid over what the application has set on the component, such as
     * its account.
     */
    private static String description(JsonNode option) {
        String text = option.path("description").asText();
        return option.has("defaultValue")
                ? text + " Default: " + option.path("defaultValue").asText() + "."
                : text;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String schemaType(JsonNode option) {
        String type = option.path("type").asText();
        return Set.of("duration", "enum").contains(type) ? "string" : type;
    }
}
