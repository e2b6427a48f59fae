package io.github.camelsora.internal.camel.webhook;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.RestRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the webhook's path in Camel's REST registry, which consoles and JMX show. Without camel-rest there is no registry,
 * and the webhook works without an entry.
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

    /** Removes the entry. Camel does so only for consumers of routes, and the server's consumer is not one. */
    static void remove(Consumer server) {
        registry(server.getEndpoint().getCamelContext()).ifPresent(registry -> registry.removeRestService(server));
    }

    // Deprecated since Camel 4.18, and the only way that the older ones have, too.
    @SuppressWarnings("deprecation")
    private static Optional<RestRegistry> registry(CamelContext context) {
        try {
            return Optional.of(context.getRestRegistry());
        } catch (IllegalArgumentException e) {
            LOG.debug("There is no REST registry without camel-rest, so the webhook is not listed", e);
            return Optional.empty();
        }
    }

    /** By reflection: Camel 4.21 has added parameters after the route id, and this has to run on older ones, too. */
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
            LOG.warn("The webhook could not be listed in the REST registry; it receives events nevertheless", e);
        }
    }
}
