package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What editors know of {@code camel.component.sora.*} is what the component has, and what the component has can be set. */
class SpringMetadataTest {
    private static final Path FILE = SpringMetadata.FOLDER.resolve("spring-configuration-metadata.json");

    private static JsonNode metadata;

    @BeforeAll
    static void read() throws Exception {
        if (System.getProperty("docs.write") != null) {
            Files.writeString(FILE, new SpringMetadata().json());
        }
        metadata = new ObjectMapper().readTree(FILE.toFile());
    }

    @Test
    void theMetadataIsThatOfTheComponent() throws Exception {
        assertThat(FILE)
                .as("mvn test -Dtest=SpringMetadataTest -Ddocs.write writes it")
                .hasContent(new SpringMetadata().json());
    }

    @Test
    void eachPropertyIsDescribed() {
        assertThat(metadata.path("properties")).hasSizeGreaterThan(50).allSatisfy(property -> {
            assertThat(property.path("description").asText()).isNotBlank();
            assertThat(property.path("name").asText()).matches("camel\\.component\\.sora(\\.[a-z0-9-]+)+");
            assertThat(Class.forName(property.path("type").asText())).isNotNull();
        });
    }

    @Test
    void eachPropertyAcceptsItsDefaultValue() throws Exception {
        SoraComponent component = new SoraComponent();
        List<String> names = new ArrayList<>();

        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            component.setCamelContext(camel);
            for (JsonNode property : metadata.path("properties")) {
                names.add(property.path("name").asText());
                set(component, property, value(property));
            }
        }

        assertThat(names).contains("camel.component.sora.api-key", "camel.component.sora.ledger-file");
    }

    /** Each alone, so that what is not taken is not hidden by what is. */
    private static void set(SoraComponent component, JsonNode property, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = property.path("name").asText();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));

        new SoraOptions(environment).configure("sora", component);

        String option = name.replaceFirst("camel\\.component\\.sora\\.", "");
        if (property.path("type").asText().equals(String.class.getName()) && !isObject(name)) {
            PropertyConfigurerGetter options = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
            Object taken = options.getOptionValue(component, option.replace("-", ""), true);
            if (taken instanceof Enum<?> word) {
                assertThat(word.name()).as(name).isEqualToIgnoringCase(value);
            } else {
                assertThat(taken).as(name).hasToString(value);
            }
        }
    }

    private static String value(JsonNode property) {
        String name = property.path("name").asText();
        if (property.has("defaultValue")) {
            return property.get("defaultValue").asText();
        }
        if (isObject(name)) {
            return "{{?property.that.is.not.set}}";
        }
        for (JsonNode hint : metadata.path("hints")) {
            if (hint.has("values") && hint.path("name").asText().equals(name)) {
                return hint.path("values").get(0).path("value").asText();
            }
        }
        return property.path("type").asText().equals(String.class.getName()) ? "some text" : "7";
    }

    /** An object is a bean; without one its property counts as not set. */
    private static boolean isObject(String name) {
        for (JsonNode hint : metadata.path("hints")) {
            if (hint.has("providers") && hint.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
