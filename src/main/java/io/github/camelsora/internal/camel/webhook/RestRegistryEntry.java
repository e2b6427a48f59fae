package io.github.camelsora.internal.camel.webhook;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.RestRegistry;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a receiver in Camel's REST registry, where consoles and JMX look for what a runtime serves. A runtime without
 * camel-rest has no such list, and a receiver works without.
 */
final class RestRegistryEntry {
    private static final Logger LOG = LoggerFactory.getLogger(RestRegistryEntry.class);

    private RestRegistryEntry() {}

    static void add(Consumer server, String path, String mediaType, String routeId) {
        String host = server.getEndpoint() instanceof EndpointServiceLocation location ? location.getServiceUrl() : "";
        String url = (host == null ? "" : host) + (path.startsWith("/") ? path : "/" + path);
        Object[] shared = {server, false, url, url, path, null, "POST", mediaType, null, null, null, routeId};
        registry(server.getEndpoint().getCamelContext()).ifPresent(registry -> add(registry, shared));
    }

    /** Takes it off the list. Camel would do so by itself for the consumer of a route, and this one is behind it. */
    static void remove(Consumer server) {
        registry(server.getEndpoint().getCamelContext()).ifPresent(registry -> registry.removeRestService(server));
    }

    private static Optional<RestRegistry> registry(CamelContext context) {
        try {
            return Optional.of(PluginHelper.getRestRegistry(context));
        } catch (IllegalArgumentException e) {
            LOG.debug("There is no REST registry without camel-rest, so receivers are not listed", e);
            return Optional.empty();
        }
    }

    /** Camel 4.21 has added parameters behind the id of the route, so it cannot be called by its signature: this runs on both. */
    private static void add(RestRegistry registry, Object[] shared) {
        try {
            Method add = Arrays.stream(RestRegistry.class.getMethods())
                    .filter(method -> method.getName().equals("addRestService"))
                    .filter(method -> method.getParameterCount() > shared.length)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchMethodException("addRestService"));
            Object[] all = Arrays.copyOf(shared, add.getParameterCount());
            all[all.length - 1] = "Receives the webhooks of ToAPIs";
            add.invoke(registry, all);
        } catch (ReflectiveOperationException e) {
            LOG.warn("A receiver could not be listed in the REST registry of this Camel", e);
        }
    }
}
