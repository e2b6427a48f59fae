package io.github.camelsora.validate;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.validate.RouteEndpoint.Use;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What is wrong with an endpoint. */
    List<String> problems(Use use, EndpointUri uri) {
        String word = uri.path() == null ? String.valueOf(uri.options().get("operation")) : uri.path();
        if (word.equals(RouteReader.UNKNOWN)) {
            return List.of();
        }
        SoraOperation operation = Arrays.stream(SoraOperation.values())
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElse(null);
        if (operation != null && operation.isConsumer() != use.isConsumer()) {
            return List.of("sora:" + word
                    + (operation.isConsumer()
                            ? " receives, so it is used in from(), not in to()"
                            : " works on messages that a route sends to it, so it is used in to(), not in from()"));
        }
        try {
            camel.getEndpoint("sora:" + word + "?" + URISupport.createQueryString(known(uri.options())));
            return List.of();
        } catch (RuntimeException e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            return List.of(String.valueOf(reason.getMessage()));
        }
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
