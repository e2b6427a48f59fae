package io.github.camelsora.validate;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.validate.RouteEndpoint.Use;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.URISupport;

/**
 * Checks an endpoint of this component as its start would: it is created, and never started. So nothing is sent, and no ledger is
 * opened.
 */
final class SoraCheck {
    /** What only the machine has that runs the routes. */
    private static final Set<String> NOT_HERE = Set.of("apiKey", "modelCatalog");

    private final DefaultCamelContext camel = new DefaultCamelContext();

    SoraCheck() {
        SoraComponent component = new SoraComponent();
        SoraConfiguration options = component.getConfiguration();
        // What an endpoint may have from its component.
        options.setApiKey("none");
        options.setDirectory("videos");
        options.setWebhookPath("/none");
        options.setWebhookSecret("none");
        camel.addComponent("sora", component);
    }

    /** Why the operation of an endpoint cannot be used as the route does; empty if it can, or is not known. */
    Optional<String> useProblem(Use use, EndpointUri uri) {
        return Arrays.stream(SoraOperation.values())
                .filter(operation -> operation.name().equals(operation(uri)))
                .findFirst()
                .flatMap(use.asEndpointUse()::problem);
    }

    /** Why an endpoint cannot be created; empty if it can. */
    Optional<String> problem(EndpointUri uri) {
        String word = operation(uri);
        if (word.equals(RouteReader.UNKNOWN)) {
            return Optional.empty();
        }
        if (word.isEmpty()) {
            return Optional.of("There is no operation, such as in sora:remix");
        }
        try {
            camel.getEndpoint("sora:" + word + "?" + URISupport.createQueryString(known(uri.options())));
            return Optional.empty();
        } catch (RuntimeException e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            return Optional.of(String.valueOf(reason.getMessage()));
        }
    }

    private static String operation(EndpointUri uri) {
        return uri.path() == null || uri.path().isEmpty()
                ? Objects.toString(uri.options().get("operation"), "")
                : uri.path();
    }

    private static Map<String, Object> known(Map<String, Object> options) {
        Map<String, Object> known = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            boolean isUnknown =
                    value.equals(RouteReader.UNKNOWN) || String.valueOf(value).startsWith("#");
            if (!isUnknown && !NOT_HERE.contains(name) && !name.equals("operation")) {
                known.put(name, value);
            }
        });
        if (options.containsKey("apiKey")) {
            known.put("apiKey", "none");
        }
        return known;
    }
}
