package io.github.camelsora.internal.spring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelsora.SoraComponent;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.util.StringHelper;

/** Writes what editors complete {@code camel.component.sora.*} by, from what Camel's plugin has written. */
final class SpringMetadata {
    static final Path FOLDER = Path.of("src/generated/resources/META-INF");

    private static final String PREFIX = "camel.component.sora";

    private final ObjectMapper mapper = new ObjectMapper();
    private final ArrayNode properties = mapper.createArrayNode();
    private final ArrayNode hints = mapper.createArrayNode();

    /** The content of the file. */
    String json() throws IOException {
        JsonNode catalog =
                mapper.readTree(FOLDER.resolve("io/github/camelsora/sora.json").toFile());
        addOfCamel("enabled", "Whether the properties of the component are applied.");
        addOfCamel("customizer.enabled", "Whether the properties of the component are applied when it is created.");
        catalog.path("componentProperties").properties().forEach(option -> add(option.getKey(), option.getValue()));
        ObjectNode root = mapper.createObjectNode();
        root.putArray("groups")
                .addObject()
                .put("name", PREFIX)
                .put("type", SoraComponent.class.getName())
                .put("description", catalog.at("/component/description").asText());
        root.set("properties", properties);
        root.set("hints", hints);
        return pretty(root);
    }

    private void addOfCamel(String name, String description) {
        properties
                .addObject()
                .put("name", PREFIX + "." + name)
                .put("type", Boolean.class.getName())
                .put("description", description)
                .put("sourceType", SoraComponent.class.getName())
                .put("defaultValue", true);
    }

    private void add(String option, JsonNode node) {
        String name = PREFIX + "." + StringHelper.camelCaseToDash(option);
        ObjectNode property = properties
                .addObject()
                .put("name", name)
                .put("type", type(node))
                .put("description", node.path("description").asText())
                .put("sourceType", node.path("configurationClass").asText(SoraComponent.class.getName()));
        if (node.has("defaultValue")) {
            property.set("defaultValue", node.get("defaultValue"));
        }
        addHint(name, node);
    }

    private static String type(JsonNode node) {
        String java = node.path("javaType").asText();
        return switch (node.path("type").asText()) {
            case "boolean" -> Boolean.class.getName();
            case "integer" -> java.endsWith("int") ? Integer.class.getName() : Long.class.getName();
            case "number" -> Double.class.getName();
            case "duration" -> java.time.Duration.class.getName();
            // A word of the list in hints, and for an object the name of a bean.
            default -> String.class.getName();
        };
    }

    private void addHint(String name, JsonNode node) {
        if (node.has("enum")) {
            ArrayNode values = hints.addObject().put("name", name).putArray("values");
            node.get("enum").forEach(word -> values.addObject().put("value", word.asText()));
        } else if (node.path("type").asText().equals("object")) {
            ObjectNode provider = hints.addObject()
                    .put("name", name)
                    .putArray("providers")
                    .addObject()
                    .put("name", "spring-bean-reference");
            provider.putObject("parameters")
                    .put("target", node.path("javaType").asText().replaceFirst("<.*", ""));
        }
    }

    private String pretty(ObjectNode root) throws JsonProcessingException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        return mapper.writer(printer).writeValueAsString(root) + "\n";
    }
}
