package io.github.camelsora.internal.camel.webhook;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestConsumerFactory;

/** Finds the HTTP server of the runtime for the webhook, which brings none of its own. */
final class WebhookServerLocator {
    private static final String MISSING =
            "sora:webhook needs an HTTP server: add org.apache.camel:camel-platform-http-main (with camel-main, and"
                    + " camel.server.enabled=true), camel-platform-http-starter (Spring Boot), camel-quarkus-platform-http"
                    + " (Quarkus), or name another server component in httpServerComponent";

    private final CamelContext context;

    WebhookServerLocator(CamelContext context) {
        this.context = context;
    }

    /**
     * Finds the server: the named one, else that of the REST configuration, else platform-http if present, else the only one.
     *
     * @param name the name of a component or bean; null for none
     * @throws IllegalArgumentException if the named component or bean is no HTTP server
     * @throws IllegalStateException if there is no server, or more than one; the message says what to do
     */
    RestConsumerFactory locate(String name) {
        if (name != null) {
            return named(name, "httpServerComponent");
        }
        RestConfiguration rest = context.getRestConfiguration();
        if (rest != null && rest.getComponent() != null) {
            return named(rest.getComponent(), "the REST configuration");
        }
        if (platformHttp() instanceof RestConsumerFactory platform) {
            return platform;
        }
        Set<RestConsumerFactory> all = new LinkedHashSet<>(context.getRegistry().findByType(RestConsumerFactory.class));
        for (String component : context.getComponentNames()) {
            if (context.getComponent(component, false) instanceof RestConsumerFactory server) {
                all.add(server);
            }
        }
        if (all.size() == 1) {
            return all.iterator().next();
        }
        throw new IllegalStateException(
                all.isEmpty()
                        ? MISSING
                        : "There are several HTTP servers for sora:webhook: name one in httpServerComponent");
    }

    private Component platformHttp() {
        try {
            return context.getComponent("platform-http", true);
        } catch (RuntimeException e) {
            // The component exists without a server.
            throw new IllegalStateException("platform-http cannot be used: " + e.getMessage() + ". " + MISSING, e);
        }
    }

    /** The exception for a path that the server cannot open. */
    static IllegalStateException startFailed(String path, Exception reason) {
        return new IllegalStateException(
                "The webhook cannot be received at " + path + ": " + reason.getMessage() + ". " + MISSING, reason);
    }

    private RestConsumerFactory named(String name, String source) {
        if (context.getRegistry().lookupByName(name) instanceof RestConsumerFactory bean) {
            return bean;
        }
        if (context.getComponent(name, true) instanceof RestConsumerFactory component) {
            return component;
        }
        throw new IllegalArgumentException("'" + name + "', named in " + source
                + ", is neither a component nor a bean that serves HTTP (RestConsumerFactory)");
    }
}
