package io.github.camelsora.validate;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.internal.camel.option.SimilarNames;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks endpoints by the catalogue of their components, and those of this component also by what it rejects itself. */
final class EndpointCheck {
    private final ComponentCatalog catalog = new ComponentCatalog();
    private final CatalogCheck byCatalog = new CatalogCheck(catalog);
    private final SoraCheck sora = new SoraCheck();
    private final Map<String, String> schemes = new HashMap<>();
    private final Set<String> unchecked = new TreeSet<>();
    private final BeanNames names;

    /**
     * Creates it.
     *
     * @param otherNames the schemes of components that are registered under another name, by that name
     * @param names the names that the application gives to its beans
     */
    EndpointCheck(Map<String, String> otherNames, BeanNames names) {
        schemes.putAll(otherNames);
        this.names = names;
    }

    /** What is wrong with an endpoint, each in one line; nothing if it can be created, as far as can be known before the start. */
    List<String> problems(RouteEndpoint endpoint) {
        try {
            EndpointUri uri = EndpointUri.parse(endpoint);
            return uri == null ? List.of() : problems(endpoint, uri);
        } catch (URISyntaxException e) {
            return List.of(e.getMessage());
        }
    }

    /** The names of components that the application registers, and of which nothing else is known. */
    Set<String> unchecked() {
        return unchecked;
    }

    private List<String> problems(RouteEndpoint endpoint, EndpointUri uri) throws URISyntaxException {
        String scheme = schemes.getOrDefault(uri.scheme(), uri.scheme());
        if (!catalog.isKnown(scheme)) {
            if (names.contains(scheme)) {
                unchecked.add(scheme);
                return List.of();
            }
            return List.of("There is no component '" + scheme + "'" + suggestion(scheme));
        }
        if (!isOurs(scheme)) {
            return byCatalog.other(scheme, uri);
        }
        Optional<String> wrongUse = sora.useProblem(endpoint.use(), uri);
        if (wrongUse.isPresent()) {
            return List.of(wrongUse.get());
        }
        List<String> problems = byCatalog.ours(scheme, uri, endpoint.use());
        return problems.isEmpty() ? sora.problem(uri).stream().toList() : problems;
    }

    private boolean isOurs(String scheme) {
        return catalog.model(scheme)
                .filter(model -> SoraComponent.class.getName().equals(model.getJavaType()))
                .isPresent();
    }

    private String suggestion(String scheme) {
        Set<String> known = new HashSet<>(catalog.catalog().findComponentNames());
        known.add("sora");
        known.addAll(schemes.keySet());
        List<String> near = SimilarNames.of(scheme, known);
        return (near.isEmpty() ? "." : ". Did you mean " + String.join(", ", near) + "?")
                + " If the application registers a component under this name, add --component " + scheme
                + "=SCHEME, with the scheme of that component";
    }
}
