package io.github.camelsora.validate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;

/** The catalogue of Camel, with the other components on the class path added as they are named. */
final class ComponentCatalog {
    private final CamelCatalog catalog = new DefaultCamelCatalog(true);
    private final Map<String, Boolean> others = new HashMap<>();

    CamelCatalog catalog() {
        return catalog;
    }

    boolean isKnown(String scheme) {
        return catalog.findComponentNames().contains(scheme) || others.computeIfAbsent(scheme, this::addFromClassPath);
    }

    /** What the catalogue says of a component; empty if a component on the class path has no catalogue. */
    Optional<ComponentModel> model(String scheme) {
        return Optional.ofNullable(catalog.componentModel(scheme));
    }

    /** A component has its class in META-INF/services, and its catalogue beside that class. */
    private boolean addFromClassPath(String scheme) {
        ClassLoader loader = ComponentCatalog.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream("META-INF/services/org/apache/camel/component/" + scheme)) {
            if (in == null) {
                return false;
            }
            Properties service = new Properties();
            service.load(in);
            String type = service.getProperty("class");
            String json =
                    "META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/') + "/" + scheme + ".json";
            try (InputStream content = loader.getResourceAsStream(json)) {
                if (content != null) {
                    catalog.addComponent(scheme, type, new String(content.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
