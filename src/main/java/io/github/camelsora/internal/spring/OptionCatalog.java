package io.github.camelsora.internal.spring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.internal.camel.option.SimilarNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.util.StringHelper;

/** The options of the component, from Camel's catalog. */
final class OptionCatalog {
    private static final String FILE = "/META-INF/io/github/camelsora/sora.json";
    /**
     * One option.
     *
     * @param name its name in Java, say {@code apiKey}
     * @param dashed its name in properties, say {@code api-key}
     * @param type the type of its value in the catalog, say {@code duration}
     * @param javaType the class of its value, without type parameters
     * @param isSecret whether its value must never be shown
     * @param isShared whether endpoints have it, too, so that it belongs to {@code configuration}
     */
    record Option(String name, String dashed, String type, String javaType, boolean isSecret, boolean isShared) {

        /** Whether its value is a bean. */
        boolean isObject() {
            return type.equals("object");
        }
    }

    private final List<Option> options;

    private OptionCatalog(List<Option> options) {
        this.options = options;
    }

    static OptionCatalog load() {
        try (InputStream in = SoraComponent.class.getResourceAsStream(FILE)) {
            JsonNode properties = new ObjectMapper().readTree(in).path("componentProperties");
            // First, because it replaces what other options have set.
            return new OptionCatalog(properties.properties().stream()
                    .map(entry -> option(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparing(option -> !option.name().equals("configuration")))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option option(String name, JsonNode node) {
        return new Option(
                name,
                StringHelper.camelCaseToDash(name),
                node.path("type").asText(),
                node.path("javaType").asText().replaceFirst("<.*", ""),
                node.path("secret").asBoolean(),
                node.has("configurationField"));
    }

    List<Option> options() {
        return options;
    }

    /** Suggests options for a wrong name, the most similar first, as written in properties. */
    List<String> suggest(String word) {
        return SimilarNames.of(word, options.stream().map(Option::dashed).toList());
    }
}
