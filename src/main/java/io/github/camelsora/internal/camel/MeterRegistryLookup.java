package io.github.camelsora.internal.camel;

import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.metrics.MicrometerMeters;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the meter registry that is bound in Camel's registry, in the order of camel-micrometer. Micrometer is optional: its types
 * are named by text, so that this class loads where it is absent.
 */
final class MeterRegistryLookup {
    private static final Logger LOG = LoggerFactory.getLogger(MeterRegistryLookup.class);

    /** The name by which camel-micrometer binds its own. */
    private static final String NAME = "metricsRegistry";

    private static final String PACKAGE = "io.micrometer.core.instrument.";
    /** An application with several registries has one of these for all of them. */
    private static final String COMPOSITE = PACKAGE + "composite.CompositeMeterRegistry";

    private static final String ANY = PACKAGE + "MeterRegistry";

    private MeterRegistryLookup() {}

    /** The meters of a component; {@link Meters#NONE} without Micrometer, or when no registry is bound. */
    static Meters metersOf(String component, CamelContext camel) {
        try {
            return find(camel.getRegistry(), COMPOSITE)
                    .or(() -> find(camel.getRegistry(), ANY))
                    .<Meters>map(registry -> new MicrometerMeters(registry, component))
                    .orElse(Meters.NONE);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The meters could not be registered, so nothing is measured. Tasks are not touched", e);
            return Meters.NONE;
        }
    }

    private static Optional<Object> find(Registry registry, String typeName) {
        Class<?> type;
        try {
            type = Class.forName(typeName, false, MeterRegistryLookup.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
        Object named = registry.lookupByNameAndType(NAME, type);
        if (named != null) {
            return Optional.of(named);
        }
        Set<?> bound = registry.findByType(type);
        return bound.size() == 1 ? Optional.of(bound.iterator().next()) : Optional.empty();
    }
}
