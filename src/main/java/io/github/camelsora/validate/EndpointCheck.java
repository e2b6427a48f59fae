package io.github.camelsora.validate;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.internal.camel.option.SimilarNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;

/** Checks endpoints by the catalogue of Camel, and by that of each other component on the class path. */
final class EndpointCheck {
    /** Each endpoint accepts these, whatever the catalogue says of them. */
    private static final Set<String> ACCEPTED =
            Set.of("exchangePattern=InOnly", "exchangePattern=InOut", "scheduler=spring", "scheduler=quartz");

    private final CamelCatalog catalog = new DefaultCamelCatalog(true);
    private final Set<String> others = new HashSet<>();
    private final Map<String, String> schemes = new HashMap<>();
    private final SoraCheck sora;

    /**
     * Creates it.
     *
     * @param otherNames the schemes of components that are registered under another name, by that name
     */
    EndpointCheck(Map<String, String> otherNames, SoraCheck sora) {
        this.sora = sora;
        schemes.putAll(otherNames);
        catalog.setSuggestionStrategy(
                (names, unknown) -> SimilarNames.of(unknown, names).toArray(String[]::new));
    }

    /** What is wrong with an endpoint, each in one line; nothing if it can be created, as far as can be known before the start. */
    List<String> problems(RouteEndpoint endpoint) {
        EndpointUri uri;
        try {
            uri = EndpointUri.parse(endpoint);
        } catch (URISyntaxException e) {
            return List.of(e.getMessage());
        }
        if (uri == null) {
            return List.of();
        }
        String scheme = schemes.getOrDefault(uri.scheme(), uri.scheme());
        if (!isKnown(scheme)) {
            return List.of("There is no component '" + scheme + "'" + suggestion(scheme));
        }
        if (isOurs(scheme)) {
            Optional<String> wrongUse = sora.useProblem(endpoint.use(), uri);
            if (wrongUse.isPresent()) {
                return List.of(wrongUse.get());
            }
        }
        List<String> problems = new ArrayList<>();
        try {
            problems.addAll(byCatalog(scheme, text(scheme, uri), endpoint.use().isConsumer()));
        } catch (URISyntaxException e) {
            problems.add(e.getMessage());
        }
        if (problems.isEmpty() && isOurs(scheme)) {
            sora.problem(uri).ifPresent(problems::add);
        }
        return problems;
    }

    /** The URI as the catalogue takes it. It checks no texts, and stumbles over characters in them. */
    private String text(String scheme, EndpointUri uri) throws URISyntaxException {
        Map<String, String> options = new LinkedHashMap<>();
        uri.options().forEach((name, value) -> {
            String text = String.valueOf(value);
            if (!ACCEPTED.contains(name + "=" + text)) {
                options.put(name, isTime(text) && isLong(scheme, name) ? "1" : plain(text));
            }
        });
        if (uri.path() == null) {
            return catalog.asEndpointUri(scheme, options, false);
        }
        String query = options.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
        return scheme + ":" + uri.path() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String plain(String value) {
        return value.equals(RouteReader.UNKNOWN) ? value : value.replaceAll("[^\\w.,:/#$ -]", "_");
    }

    private boolean isTime(String value) {
        return catalog.validateTimePattern(value);
    }

    /** Camel reads 10s as milliseconds, although the catalogue calls such an option a whole number. */
    private boolean isLong(String scheme, String option) {
        ComponentModel model = catalog.componentModel(scheme);
        return model != null
                && model.getEndpointParameterOptions().stream()
                        .anyMatch(known -> known.getName().equals(option)
                                && known.getJavaType().equals("long"));
    }

    private List<String> byCatalog(String scheme, String uri, boolean isConsumer) {
        // Options that only a Kamelet knows, or a server: the catalogue accepts them on one side of a route only.
        boolean isLenient = isLenient(scheme);
        EndpointValidationResult result =
                catalog.validateEndpointProperties(uri, false, isConsumer && !isLenient, !isConsumer && !isLenient);
        if (result.isSuccess() || result.getNumberOfErrors() == 0) {
            return List.of();
        }
        return result.summaryErrorMessage(false, true, false)
                .lines()
                // The other lines are the URI, and blank ones.
                .map(String::strip)
                .filter(line -> line.matches(".*\\S\\s{2,}\\S.*"))
                .map(line -> line.replaceAll("\\s{2,}", ": "))
                .toList();
    }

    private boolean isKnown(String scheme) {
        return catalog.findComponentNames().contains(scheme) || others.contains(scheme) || addFromClassPath(scheme);
    }

    /** A component has its class in META-INF/services, and its catalogue beside that class. */
    private boolean addFromClassPath(String scheme) {
        ClassLoader loader = EndpointCheck.class.getClassLoader();
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
            return others.add(scheme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLenient(String scheme) {
        ComponentModel model = catalog.componentModel(scheme);
        return model != null && model.isLenientProperties();
    }

    private boolean isOurs(String scheme) {
        ComponentModel model = catalog.componentModel(scheme);
        return model != null && SoraComponent.class.getName().equals(model.getJavaType());
    }

    private String suggestion(String scheme) {
        Set<String> names = new HashSet<>(catalog.findComponentNames());
        names.add("sora");
        names.addAll(schemes.keySet());
        List<String> near = SimilarNames.of(scheme, names);
        return (near.isEmpty() ? "." : ". Did you mean " + String.join(", ", near) + "?")
                + " If it is another name of a component, say so: --component " + scheme + "=sora";
    }
}
