package io.github.camelsora.docs;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Kaoto's catalogue needs of this project, in the form that Kaoto's own generator gives to Camel's components and Kamelets. */
final class KaotoCatalog {
    static final Path FILE = Path.of("src/generated/resources/META-INF/io/github/camelsora/kaoto.json");

    private static final Path SORA = Path.of("src/generated/resources/META-INF/io/github/camelsora/sora.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> PARTS =
            List.of("component", "componentProperties", "headers", "properties", "apis", "apiProperties");
    private static final Set<String> OF_SCHEMA = Set.of("boolean", "integer", "number");
    private static final List<String> OF_KAMELET = List.of("type", "title", "description", "format", "default", "enum");

    private KaotoCatalog() {}

    /** The file of the jar: components and Kamelets by their names. */
    static String json() throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("components").set("sora", component(MAPPER.readTree(SORA.toFile())));
        ObjectNode kamelets = root.putObject("kamelets");
        KameletFile.all().forEach(kamelet -> kamelets.set(kamelet.name(), kamelet(kamelet.root())));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
                        .writeValueAsString(root) + "\n";
    }

    /** The entry of a component, from its catalogue. */
    static ObjectNode component(JsonNode catalog) {
        ObjectNode entry = MAPPER.createObjectNode();
        for (String part : PARTS) {
            if (catalog.has(part)) {
                entry.set(part, catalog.path(part));
            }
        }
        ObjectNode schema = schema(entry);
        ObjectNode options = schema.putObject("properties");
        catalog.path("properties").properties().forEach(option -> {
            options.set(option.getKey(), option(option.getValue()));
            if (option.getValue().path("required").asBoolean()) {
                schema.withArray("/required").add(option.getKey());
            }
        });
        return entry;
    }

    private static ObjectNode option(JsonNode option) {
        String type = option.path("type").asText();
        boolean isMap = option.path("javaType").asText().startsWith("java.util.Map");
        ObjectNode schema = MAPPER.createObjectNode();
        schema.set("title", option.path("displayName"));
        schema.set("description", option.path("description"));
        schema.put("type", isMap ? "object" : OF_SCHEMA.contains(type) ? type : "string");
        if (option.has("enum")) {
            schema.set("enum", option.path("enum"));
        }
        if (option.path("deprecated").asBoolean()) {
            schema.put("deprecated", true);
        }
        schema.put("$comment", "group:" + option.path("group").asText());
        if (option.hasNonNull("defaultValue")) {
            JsonNode value = option.path("defaultValue");
            schema.set("default", option.has("enum") ? MAPPER.valueToTree(value.asText()) : value);
        }
        List<String> formats = new ArrayList<>();
        if (type.equals("duration")) {
            formats.add("duration");
        }
        if (type.equals("object") && !isMap) {
            formats.add("bean:" + option.path("javaType").asText());
        }
        if (option.path("secret").asBoolean()) {
            formats.add("password");
        }
        if (!formats.isEmpty()) {
            schema.put("format", String.join("|", formats));
        }
        return schema;
    }

    /** The entry of a Kamelet, from its file. */
    static ObjectNode kamelet(JsonNode file) {
        ObjectNode entry = file.deepCopy();
        JsonNode definition = file.at("/spec/definition");
        ObjectNode schema = schema(entry);
        schema.set("title", definition.path("title"));
        schema.set("description", definition.path("description"));
        if (definition.has("required")) {
            schema.set("required", definition.path("required"));
        }
        definition.path("properties").properties().forEach(property -> schema.withObject("/properties")
                .set(property.getKey(), ((ObjectNode) property.getValue().deepCopy()).retain(OF_KAMELET)));
        return entry;
    }

    private static ObjectNode schema(ObjectNode entry) {
        return entry.putObject("propertiesSchema")
                .put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("type", "object");
    }
}
