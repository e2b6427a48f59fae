package io.github.camelsora.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the tables of options and headers as the component page shall have them, from what Camel's plugin has written. */
final class Metadata {
    private static final Path FILE = Path.of("src/generated/resources/META-INF/io/github/camelsora/sora.json");

    /** What most readers need first; other groups follow by name. */
    private static final List<String> GROUPS = List.of("common", "producer", "consumer");

    private final JsonNode root;

    Metadata() {
        try {
            root = new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tables of the component page by the name of the region that they stand in. */
    Map<String, String> tables() {
        return Map.of("options", options(), "headers", headers());
    }

    /** The names of all options, be they of the component or of the endpoint. */
    Set<String> optionNames() {
        Set<String> names = new TreeSet<>();
        root.path("componentProperties").fieldNames().forEachRemaining(names::add);
        root.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** An option of the endpoint. */
    Optional<JsonNode> option(String name) {
        return Optional.ofNullable(root.path("properties").get(name));
    }

    /** What Camel's catalogue says of the component, such as its version. */
    String component(String attribute) {
        return root.path("component").path(attribute).textValue();
    }

    Set<String> headerNames() {
        Set<String> names = new TreeSet<>();
        root.path("headers").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String options() {
        Map<String, List<String>> rowsOfGroups = new TreeMap<>();
        for (String name : optionNames()) {
            JsonNode ofEndpoint = root.path("properties").path(name);
            JsonNode option = ofEndpoint.isMissingNode()
                    ? root.path("componentProperties").path(name)
                    : ofEndpoint;
            rowsOfGroups
                    .computeIfAbsent(option.path("group").asText(), group -> new ArrayList<>())
                    .add(String.join(
                            " | ",
                            "| `" + name + "`",
                            description(option),
                            code(option.path("defaultValue").asText()),
                            type(option),
                            where(name)));
        }
        List<String> lines = new ArrayList<>();
        lines.add("[width=\"100%\",cols=\"3,8,2,2,2\",options=\"header\"]");
        lines.add("|===");
        lines.add("| Name | Description | Default | Type | Set on");
        inOrder(rowsOfGroups.keySet()).forEach(group -> {
            lines.add("");
            lines.add("5+h| " + group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1));
            lines.addAll(rowsOfGroups.get(group));
        });
        lines.add("|===");
        return String.join("\n", lines);
    }

    private static List<String> inOrder(Set<String> groups) {
        List<String> ordered = new ArrayList<>();
        GROUPS.forEach(first -> groups.stream()
                .filter(group -> group.equals(first) || group.startsWith(first + " "))
                .sorted()
                .forEach(ordered::add));
        groups.stream().filter(group -> !ordered.contains(group)).sorted().forEach(ordered::add);
        return ordered;
    }

    private String where(String name) {
        boolean isOfComponent = root.path("componentProperties").has(name);
        JsonNode ofEndpoint = root.path("properties").path(name);
        if (ofEndpoint.path("kind").asText().equals("path")) {
            return "the path of the URI";
        }
        return !isOfComponent ? "endpoint" : ofEndpoint.isMissingNode() ? "component" : "both";
    }

    private String headers() {
        return root.path("headers").properties().stream()
                .map(header -> String.join(
                        " | ",
                        "| `" + header.getKey() + "`",
                        description(header.getValue()),
                        type(header.getValue()),
                        constant(header.getValue())))
                .collect(Collectors.joining(
                        "\n",
                        "[width=\"100%\",cols=\"3,8,1,2\",options=\"header\"]\n|===\n"
                                + "| Name | Description | Type | In `SoraConstants`\n",
                        "\n|==="));
    }

    private static String constant(JsonNode header) {
        return code(header.path("constantName").asText().replaceFirst(".*#", ""));
    }

    private static String description(JsonNode option) {
        return option.path("description").asText().replace("|", "\\|") + values(option);
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

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
