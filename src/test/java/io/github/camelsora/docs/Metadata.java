package io.github.camelsora.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes the tables of options and headers as the documentation shall have them, from what Camel's plugin has written. */
final class Metadata {
    private static final Path FILE = Path.of("src/generated/resources/META-INF/io/github/camelsora/sora.json");

    private final JsonNode root;

    Metadata() {
        try {
            root = new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tables of a page by the name of the region that they stand in. */
    Map<String, String> asciidoc() {
        Predicate<JsonNode> isPath = option -> option.path("kind").asText().equals("path");
        return Map.of(
                "component options", asciidoc("componentProperties", option -> true),
                "endpoint path", asciidoc("properties", isPath),
                "endpoint options", asciidoc("properties", isPath.negate()),
                "headers", asciidoc("headers", option -> true));
    }

    /** The tables of the README by the name of the region that they stand in. */
    Map<String, String> markdown() {
        Predicate<JsonNode> isParameter = option -> option.path("kind").asText().equals("parameter");
        Predicate<JsonNode> isOfComponent = option -> !option.has("configurationClass");
        return Map.of(
                "options", markdown("Option", "properties", isParameter),
                "component options", markdown("Option", "componentProperties", isOfComponent),
                "headers", markdown("Header", "headers", option -> true));
    }

    private String asciidoc(String kind, Predicate<JsonNode> filter) {
        List<String> lines = new ArrayList<>();
        lines.add("[width=\"100%\",cols=\"2,5,^1,2\",options=\"header\"]");
        lines.add("|===");
        lines.add("| Name | Description | Default | Type");
        rows(kind, filter).forEach(row -> {
            JsonNode option = row.getValue();
            String constant = option.path("constantName").asText();
            lines.add("");
            lines.add("| *" + row.getKey() + "* (" + option.path("group").asText() + ")"
                    + (option.path("required").asBoolean() ? " *Required*" : "")
                    + (constant.isEmpty()
                            ? ""
                            : " +\nConstant: `" + constant.replaceFirst(".*[.](\\w+)#", "$1.") + "`"));
            lines.add("| " + option.path("description").asText().replace("|", "\\|") + values(option));
            lines.add("| " + option.path("defaultValue").asText());
            lines.add("| " + type(option));
        });
        lines.add("|===");
        return String.join("\n", lines);
    }

    private static String values(JsonNode option) {
        List<String> words = new ArrayList<>();
        option.path("enum").forEach(word -> words.add("`" + word.asText() + "`"));
        return words.isEmpty() ? "" : " Values: " + String.join(", ", words) + ".";
    }

    private static String type(JsonNode option) {
        String java = option.path("javaType").asText();
        return option.path("type").asText().equals("duration")
                ? "Duration"
                : java.replaceFirst("<.*", "").replaceFirst(".*[.]", "");
    }

    private String markdown(String title, String kind, Predicate<JsonNode> filter) {
        boolean hasDefaults = !kind.equals("headers");
        List<String> lines = new ArrayList<>();
        lines.add("| " + title + (hasDefaults ? " | Default" : " | Type") + " | What it does |");
        lines.add("|---|---|---|");
        rows(kind, filter).forEach(row -> {
            JsonNode option = row.getValue();
            String value = option.path("defaultValue").asText();
            String second = !hasDefaults ? type(option) : value.isEmpty() ? "" : "`" + value + "`";
            lines.add("| `" + row.getKey() + "` | " + second + " | "
                    + option.path("description").asText().replace("|", "\\|") + " |");
        });
        return String.join("\n", lines);
    }

    private Stream<Map.Entry<String, JsonNode>> rows(String kind, Predicate<JsonNode> filter) {
        return root.path(kind).properties().stream().filter(row -> filter.test(row.getValue()));
    }
}
