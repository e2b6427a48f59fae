package io.github.camelsora.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes {@code SoraEndpointBuilder} from what Camel's plugin has written of the options. Camel's own generator works on the
 * catalogue of Camel's own components only.
 */
final class EndpointDsl {
    static final Path FILE = Path.of("src/generated/java/io/github/camelsora/SoraEndpointBuilder.java");

    private static final Path JSON = Path.of("src/generated/resources/META-INF/io/github/camelsora/sora.json");
    private static final Path OPERATIONS = Path.of("src/main/java/io/github/camelsora/SoraOperation.java");

    private static final int WIDTH = 110;

    private final StringBuilder out = new StringBuilder();

    /**
     * An option of an endpoint.
     *
     * @param name its name in a URI
     * @param node what the catalogue says of it
     */
    record Option(String name, JsonNode node) {
        boolean has(String label) {
            return Arrays.asList(node.path("label").asText().split(",")).contains(label);
        }

        boolean isMap() {
            return node.path("multiValue").asBoolean();
        }

        /** The type that the value has in Java; String if there is no better one. */
        String type() {
            String java = node.path("javaType").asText();
            return switch (node.path("type").asText()) {
                case "boolean" -> "boolean";
                case "integer" -> java.endsWith("int") || java.endsWith("Integer") ? "int" : "long";
                case "number" -> "double";
                case "duration" -> "Duration";
                case "enum", "object" -> java.replaceFirst("^java\\.lang\\.(String|Object)$", "$1");
                default -> "String";
            };
        }
    }

    static List<Option> options() throws IOException {
        List<Option> options = new ArrayList<>();
        new ObjectMapper()
                .readTree(JSON.toFile())
                .path("properties")
                .properties()
                .forEach(entry -> options.add(new Option(entry.getKey(), entry.getValue())));
        options.removeIf(option -> option.node().path("kind").asText().equals("path"));
        return options;
    }

    /** The content of the file. */
    String java() throws IOException {
        List<Option> options = options();
        out.append(HEAD);
        Map<String, String> descriptions = descriptions();
        for (SoraOperation operation : SoraOperation.values()) {
            operation(operation, descriptions.get(operation.name()));
        }
        builder(
                "Producer",
                "to()",
                options.stream().filter(option -> !option.has("consumer")).toList());
        builder(
                "Consumer",
                "from()",
                options.stream().filter(option -> !option.has("producer")).toList());
        out.append(TAIL);
        return out.toString();
    }

    /** Of each operation, the comment of its constant. */
    private static Map<String, String> descriptions() throws IOException {
        Matcher constant = Pattern.compile("/\\*\\* ([^*]+) \\*/\\s+(\\w+)[,;]").matcher(Files.readString(OPERATIONS));
        return constant.results().collect(Collectors.toMap(found -> found.group(2), found -> found.group(1)));
    }

    private void operation(SoraOperation operation, String description) {
        String side = operation.isConsumer() ? "Consumer" : "Producer";
        comment(4, description, "@return a builder of {@code sora:" + operation + "}, for " + use(operation));
        line(4, "public " + side + "Builder " + operation + "() {");
        line(8, "return new " + side + "(component, \"" + operation + "\");");
        line(4, "}");
        out.append('\n');
    }

    private static String use(SoraOperation operation) {
        return operation.isConsumer() ? "{@code from()}" : "{@code to()}";
    }

    private void builder(String side, String use, List<Option> options) {
        String basic = side + "Builder";
        String advanced = "Advanced" + basic;
        comment(4, "The options of an endpoint in {@code " + use + "}.");
        line(4, "public interface " + basic + " extends Endpoint" + side + "Builder {");
        comment(8, "Continues with the options that few endpoints need.", "@return this endpoint");
        line(8, "default " + advanced + " advanced() {");
        line(12, "return (" + advanced + ") this;");
        line(8, "}");
        options.stream().filter(option -> !option.has("advanced")).forEach(option -> option(basic, option));
        line(4, "}");
        out.append('\n');
        comment(4, "The options that few endpoints in {@code " + use + "} need.");
        line(4, "public interface " + advanced + " extends Endpoint" + side + "Builder {");
        comment(8, "Continues with the usual options.", "@return this endpoint");
        line(8, "default " + basic + " basic() {");
        line(12, "return (" + basic + ") this;");
        line(8, "}");
        options.stream().filter(option -> option.has("advanced")).forEach(option -> option(advanced, option));
        line(4, "}");
        out.append('\n');
        line(
                4,
                "private static final class " + side + " extends FreeText implements " + basic + ", " + advanced
                        + " {");
        line(8, side + "(String component, String operation) {");
        line(12, "super(component, operation);");
        line(8, "}");
        line(4, "}");
        out.append('\n');
    }

    private void option(String builder, Option option) {
        if (option.isMap()) {
            String prefix = option.node().path("prefix").asText();
            method(
                    builder,
                    option,
                    "String key, Object value",
                    "doSetMultiValueProperty(\"" + option.name() + "\", \"" + prefix + "\" + key, value)",
                    "@param key the name, without " + prefix,
                    "@param value the value");
            method(
                    builder,
                    option,
                    "Map<String, Object> values",
                    "doSetMultiValueProperties(\"" + option.name() + "\", \"" + prefix + "\", values)",
                    "@param values the values, by their names without " + prefix);
            return;
        }
        String type = option.type();
        if (!type.equals("String")) {
            String value = type.equals("Duration") ? option.name() + ".toMillis()" : option.name();
            method(
                    builder,
                    option,
                    type + " " + option.name(),
                    set(option, value),
                    "@param " + option.name() + " the value");
        }
        if (!type.equals("Object")) {
            String what = type.equals("String") ? "the value, or a property placeholder" : asText(option);
            method(
                    builder,
                    option,
                    "String " + option.name(),
                    set(option, option.name()),
                    "@param " + option.name() + " " + what);
        }
    }

    private static String asText(Option option) {
        return switch (option.node().path("type").asText()) {
            case "object" -> "the name of a bean, as in {@code #bean:name}";
            case "duration" -> "the value as in a URI, such as 90s, or a property placeholder";
            default -> "the value as in a URI, or a property placeholder";
        };
    }

    private static String set(Option option, String value) {
        return "doSetProperty(\"" + option.name() + "\", " + value + ")";
    }

    private void method(String builder, Option option, String parameters, String statement, String... tags) {
        out.append('\n');
        List<String> all = new ArrayList<>(List.of(tags));
        all.add("@return this builder");
        comment(8, description(option.node()), all.toArray(String[]::new));
        line(8, "default " + builder + " " + option.name() + "(" + parameters + ") {");
        line(12, statement + ";");
        line(12, "return this;");
        line(8, "}");
    }

    private static String description(JsonNode option) {
        StringBuilder text =
                new StringBuilder(escape(option.path("description").asText().strip()));
        if (!text.toString().endsWith(".")) {
            text.append('.');
        }
        if (option.has("enum")) {
            List<String> words = new ArrayList<>();
            option.get("enum").forEach(word -> words.add(word.asText()));
            text.append(" Values: ").append(String.join(", ", words)).append('.');
        }
        String standard = option.path("defaultValue").asText();
        return standard.isEmpty() ? text.toString() : text + " Default: " + escape(standard) + ".";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;");
    }

    private void comment(int indent, String text, String... tags) {
        line(indent, "/**");
        wrap(indent, text, "");
        if (tags.length > 0) {
            line(indent, " *");
        }
        for (String tag : tags) {
            wrap(indent, tag, "    ");
        }
        line(indent, " */");
    }

    private void wrap(int indent, String text, String further) {
        String line = "";
        for (String word : text.split("\\s+")) {
            if (!line.isBlank() && indent + line.length() + word.length() > WIDTH) {
                line(indent, " * " + line);
                line = further;
            }
            line += line.isBlank() ? word : " " + word;
        }
        line(indent, " * " + line);
    }

    private void line(int indent, String text) {
        out.append(" ".repeat(indent)).append(text).append('\n');
    }

    private static final String HEAD = """
            /* Generated by EndpointDsl from sora.json - do NOT edit this file! */
            package io.github.camelsora;

            import %s;
            import java.util.Map;
            import org.apache.camel.builder.EndpointConsumerBuilder;
            import org.apache.camel.builder.EndpointProducerBuilder;
            import org.apache.camel.builder.endpoint.AbstractEndpointBuilder;

            /**
             * Endpoints of this component for routes in Java, with a method for each option, as Camel's endpoint DSL has them for Camel's
             * own components: {@code to(sora().remix().waitForCompletion(false))}. It works in each {@code RouteBuilder}, and needs
             * camel-endpointdsl on the class path.
             */
            public final class SoraEndpointBuilder {
                private final String component;

                private SoraEndpointBuilder(String component) {
                    this.component = component;
                }

                /**
                 * Begins an endpoint.
                 *
                 * @return the operations
                 */
                public static SoraEndpointBuilder sora() {
                    return sora("sora");
                }

                /**
                 * Begins an endpoint of a component that is registered under another name.
                 *
                 * @param component the name of the component, such as soraEurope
                 * @return the operations
                 */
                public static SoraEndpointBuilder sora(String component) {
                    return new SoraEndpointBuilder(component);
                }

            """.formatted(Duration.class.getName());

    private static final String TAIL = """
                /** Camel's builder encodes most characters of a value, but not these two. */
                private abstract static class FreeText extends AbstractEndpointBuilder {
                    FreeText(String component, String operation) {
                        super(component, operation);
                    }

                    @Override
                    public void doSetProperty(String name, Object value) {
                        super.doSetProperty(name, value instanceof String text ? raw(text) : value);
                    }

                    private static String raw(String text) {
                        if (!text.contains("&") && !text.contains("+") || text.matches("(?s)RAW(\\\\(.*\\\\)|\\\\{.*})")) {
                            return text;
                        }
                        return text.contains(")&") ? "RAW{" + text + "}" : "RAW(" + text + ")";
                    }
                }
            }
            """;
}
