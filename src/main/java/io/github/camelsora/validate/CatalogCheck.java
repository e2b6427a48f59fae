package io.github.camelsora.validate;

import io.github.camelsora.internal.camel.option.SimilarNames;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/**
 * Checks an endpoint by the catalogue. The catalogue is stricter than Camel at some places, and a build must not fail for an
 * endpoint that works, so this reports only what Camel rejects, too.
 */
final class CatalogCheck {
    /** Each endpoint accepts these, whatever the catalogue says of them. */
    private static final Set<String> ACCEPTED =
            Set.of("exchangePattern=InOnly", "exchangePattern=InOut", "scheduler=spring", "scheduler=quartz");

    private final ComponentCatalog catalog;

    CatalogCheck(ComponentCatalog catalog) {
        this.catalog = catalog;
        catalog.catalog().setSuggestionStrategy((names, unknown) -> SimilarNames.of(unknown, names)
                .toArray(String[]::new));
    }

    /**
     * What is wrong with an endpoint of this component, each in one line.
     *
     * @param use decides which options have no effect
     */
    List<String> ours(String scheme, EndpointUri uri, RouteEndpoint.Use use) throws URISyntaxException {
        return lines(validate(scheme, uri, use.isConsumer(), !use.isConsumer()));
    }

    /** What is wrong with an endpoint of another component, each in one line. */
    List<String> other(String scheme, EndpointUri uri) throws URISyntaxException {
        EndpointValidationResult result = validate(scheme, uri, false, false);
        catalog.model(scheme).ifPresent(model -> {
            boolean isPathMissing = uri.path() == null || uri.path().isBlank();
            // The component may have the option, and the catalogue does not read each form of a path.
            remove(result.getRequired(), name -> !isPathMissing || !isInPath(model, name));
            Set<String> written =
                    uri.options().keySet().stream().map(CatalogCheck::plainName).collect(Collectors.toSet());
            Predicate<String> isFromPath = name -> !written.contains(plainName(name));
            remove(result.getUnknown(), isFromPath);
            remove(keys(result.getInvalidInteger()), isFromPath);
            remove(keys(result.getInvalidNumber()), isFromPath);
            remove(keys(result.getInvalidBoolean()), isFromPath);
            Map<String, String> words = result.getInvalidEnum();
            remove(keys(words), name -> isText(model, name) || isConstant(model, name, words.get(name)));
            if (model.isApi() && RouteReader.UNKNOWN.equals(uri.path())) {
                // Each method has options of its own.
                remove(result.getUnknown(), name -> true);
            }
        });
        return lines(result);
    }

    private EndpointValidationResult validate(String scheme, EndpointUri uri, boolean consumer, boolean producer)
            throws URISyntaxException {
        EndpointValidationResult result =
                catalog.catalog().validateEndpointProperties(text(scheme, uri), false, consumer, producer);
        // A converter may accept it; the start of the endpoint decides.
        remove(keys(result.getInvalidReference()), name -> true);
        return result;
    }

    /** The URI as the catalogue takes it. It checks no texts, and stumbles over characters in them. */
    private String text(String scheme, EndpointUri uri) throws URISyntaxException {
        Map<String, BaseOptionModel> known = options(scheme);
        Map<String, String> options = new LinkedHashMap<>();
        uri.options().forEach((written, value) -> {
            BaseOptionModel option = known.get(plainName(written));
            String name = option == null ? written : option.getName();
            String text = String.valueOf(value);
            if (!ACCEPTED.contains(name + "=" + text)) {
                options.put(name, isTimeInMillis(option, text) ? "1" : plain(text));
            }
        });
        if (uri.path() == null) {
            return catalog.catalog().asEndpointUri(scheme, options, false);
        }
        String query = options.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
        return scheme + ":" + uri.path() + (query.isEmpty() ? "" : "?" + query);
    }

    private Map<String, BaseOptionModel> options(String scheme) {
        return catalog.model(scheme).stream()
                .flatMap(model -> model.getEndpointOptions().stream())
                .collect(Collectors.toMap(option -> plainName(option.getName()), option -> option, (a, b) -> a));
    }

    /** Camel ignores the case of an option, and dashes in it. */
    private static String plainName(String option) {
        return option.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static String plain(String value) {
        return value.equals(RouteReader.UNKNOWN) ? value : value.replaceAll("[^\\w.,:/#$ -]", "_");
    }

    /** Camel reads 10s as milliseconds, although the catalogue calls such an option a whole number. */
    private boolean isTimeInMillis(BaseOptionModel option, String value) {
        return option != null
                && "long".equals(option.getJavaType())
                && catalog.catalog().validateTimePattern(value);
    }

    private static boolean isInPath(ComponentModel model, String name) {
        return model.getEndpointPathOptions().stream()
                .anyMatch(option -> option.getName().equals(name));
    }

    /** Whether an option is a text, for which the catalogue lists well-known values. */
    private static boolean isText(ComponentModel model, String name) {
        return model.getEndpointOptions().stream()
                .anyMatch(option ->
                        option.getName().equals(name) && String.class.getName().equals(option.getJavaType()));
    }

    /** Whether the type of an option has a constant that the catalogue does not list. The component may be on the class path. */
    private static boolean isConstant(ComponentModel model, String name, String value) {
        return model.getEndpointOptions().stream()
                .filter(option -> option.getName().equals(name))
                .flatMap(option -> constants(option.getJavaType()))
                .anyMatch(constant -> plainName(constant.toString()).equals(plainName(value)));
    }

    private static Stream<?> constants(String type) {
        try {
            Object[] constants = Class.forName(type, false, CatalogCheck.class.getClassLoader())
                    .getEnumConstants();
            return Stream.ofNullable(constants).flatMap(Arrays::stream);
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    /** The lines of the summary that name an option. The others are the URI, and blank ones. */
    private static List<String> lines(EndpointValidationResult result) {
        return Optional.ofNullable(result.summaryErrorMessage(false, true, false)).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.matches(".*\\S\\s{2,}\\S.*"))
                .map(line -> line.replaceFirst("\\s{2,}", ": "))
                .toList();
    }

    private static Set<String> keys(Map<String, String> problems) {
        return problems == null ? null : problems.keySet();
    }

    /** The catalogue has null for no problem of a kind. */
    private static void remove(Collection<String> problems, Predicate<String> filter) {
        if (problems != null) {
            problems.removeIf(filter);
        }
    }
}
