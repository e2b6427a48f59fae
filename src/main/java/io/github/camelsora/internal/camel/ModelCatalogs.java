package io.github.camelsora.internal.camel;

import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.models.ModelCatalogReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** The catalogues that the endpoints of a component name, each read once. */
final class ModelCatalogs {
    private final Supplier<CamelContext> camel;
    private final ConcurrentMap<String, ModelCatalog> catalogs = new ConcurrentHashMap<>();

    ModelCatalogs(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    /**
     * The catalogue of the jar, under that of a resource.
     *
     * @param resource such as {@code file:models.json}; null or empty for none
     * @throws IllegalArgumentException if the resource cannot be read
     */
    ModelCatalog of(String resource) {
        return catalogs.computeIfAbsent(
                resource == null ? "" : resource.strip(), name -> name.isEmpty() ? ModelCatalog.shipped() : read(name));
    }

    private ModelCatalog read(String name) {
        try (InputStream file = open(name)) {
            return ModelCatalogReader.shippedUnder(name, file);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private InputStream open(String name) throws IOException {
        try {
            return ResourceHelper.resolveMandatoryResourceAsInputStream(camel.get(), name);
        } catch (IllegalArgumentException e) {
            // The scheme is none of Camel's.
            throw unreadable(name, e);
        }
    }

    private static IllegalArgumentException unreadable(String name, Exception cause) {
        return new IllegalArgumentException("modelCatalog " + name + " cannot be read: " + cause.getMessage(), cause);
    }
}
