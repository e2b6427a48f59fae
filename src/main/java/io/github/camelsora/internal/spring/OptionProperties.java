package io.github.camelsora.internal.spring;

import io.github.camelsora.internal.spring.OptionCatalog.Option;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties of one component. Spring Boot resolves each option by its own rules: relaxed names, environment variables and
 * the order of sources. Values stay text, so that Camel converts them as in a URI.
 */
final class OptionProperties {
    // Spring reads a function of Simple as a placeholder with a default: ${file:name} would be "name".
    private static final Pattern SIMPLE_FUNCTION =
            Pattern.compile("\\$\\{(bean|date|date-with-timezone|env|file|properties|ref|sys|type):");
    private static final String SHARED = "configuration";

    private final Environment environment;
    private final OptionCatalog catalog;
    private final ConfigurationPropertyName root;
    private final Binder binder;
    private final Set<ConfigurationPropertyName> known = new HashSet<>();
    private final Set<ConfigurationPropertyName> knownVariables = new HashSet<>();

    OptionProperties(Environment environment, String prefix, OptionCatalog catalog) {
        this.environment = environment;
        this.catalog = catalog;
        root = ConfigurationPropertyName.of(prefix);
        binder = Binder.get(environment);
        catalog.options().stream().flatMap(this::names).forEach(name -> {
            known.add(name);
            // Boot reads the variable API_KEY as API.KEY, and maps it to api-key.
            knownVariables.add(ConfigurationPropertyName.of(name.toString().replace('-', '.')));
        });
    }

    /** Whether no property is set. Sources that cannot be listed, say a vault, do not count. */
    boolean isEmpty() {
        return propertiesByName().isEmpty();
    }

    /**
     * Rejects properties that are no option.
     *
     * @throws OptionException if there are any; it suggests similar options and shows no value
     */
    void checkNames() {
        String unknown = propertiesByName().entrySet().stream()
                .filter(entry -> !isKnown(entry.getKey(), entry.getValue()))
                .map(entry -> describeUnknown(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
        if (!unknown.isEmpty()) {
            throw new OptionException(
                    unknown,
                    "Correct the name, or remove it. The options are those of the component's page, written with dashes.",
                    null);
        }
    }

    /**
     * The value of an option, as text.
     *
     * @throws OptionException if Spring would resolve a part of it that is meant for Camel, or cannot resolve it
     */
    Optional<String> value(Option option) {
        Optional<String> value;
        try {
            value = names(option)
                    .map(name -> binder.bind(name, Bindable.of(String.class))
                            .orElseGet(() -> binder.bind(name, Bindable.listOf(String.class))
                                    .map(values -> String.join(",", values))
                                    .orElse(null)))
                    .filter(Objects::nonNull)
                    .findFirst();
        } catch (BindException e) {
            throw option.isSecret() ? invalidSecret(option) : e;
        }
        value.ifPresent(text -> checkFunctions(option));
        return value;
    }

    /** The exception for an invalid value. */
    OptionException invalidValue(Option option, String value, InvalidValue invalid, RuntimeException cause) {
        return option.isSecret()
                ? invalidSecret(option)
                : new OptionException(
                        describe(option) + " cannot be set to '" + value + "': " + invalid.reason() + ".",
                        invalid.action(),
                        cause);
    }

    /** A secret is neither in the message nor in the cause. */
    private OptionException invalidSecret(Option option) {
        return new OptionException(
                describe(option) + " cannot be set. Its value is not shown, because it is secret.",
                "Check that the bean, property or variable that it refers to exists. A literal value must not begin with #.",
                null);
    }

    /** The names of an option in their order of precedence. */
    private Stream<ConfigurationPropertyName> names(Option option) {
        ConfigurationPropertyName own = root.append(option.dashed());
        return option.isShared() ? Stream.of(own, root.append(SHARED).append(option.dashed())) : Stream.of(own);
    }

    /** The properties below the root, each with the source that has precedence. */
    private Map<ConfigurationPropertyName, ConfigurationPropertySource> propertiesByName() {
        Map<ConfigurationPropertyName, ConfigurationPropertySource> listed = new LinkedHashMap<>();
        sources().forEach(source -> {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> root.isAncestorOf(name) && !isOfCamel(name))
                        .forEach(name -> listed.putIfAbsent(name, source));
            }
        });
        return listed;
    }

    /** Properties of each component that Camel reads itself. */
    private boolean isOfCamel(ConfigurationPropertyName name) {
        return root.append("enabled").equals(name) || root.append("customizer").isAncestorOf(name);
    }

    private boolean isKnown(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        return known.contains(name)
                || name.isLastElementIndexed() && known.contains(name.getParent())
                || source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
                        && knownVariables.contains(name);
    }

    private String describeUnknown(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        String option = name.subName(root.getNumberOfElements()).toString();
        List<String> near = catalog.suggest(option.replaceFirst("^" + SHARED + "\\.", ""));
        return describe(name, source) + " is not an option of the component."
                + (near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?");
    }

    private void checkFunctions(Option option) {
        property(option)
                .map(property -> SIMPLE_FUNCTION.matcher(String.valueOf(property.getValue())))
                .filter(Matcher::find)
                .filter(function -> !environment.containsProperty(function.group(1)))
                .ifPresent(function -> {
                    throw new OptionException(
                            describe(option) + " has " + function.group()
                                    + "…}, which Spring reads as a placeholder of its"
                                    + " own with a default value, before Camel sees it.",
                            "Write $simple{" + function.group(1) + ":…} for Camel's Simple language.",
                            null);
                });
    }

    private Optional<ConfigurationProperty> property(Option option) {
        return names(option)
                .flatMap(name -> sources().map(source -> source.getConfigurationProperty(name)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Stream<ConfigurationPropertySource> sources() {
        Stream.Builder<ConfigurationPropertySource> sources = Stream.builder();
        ConfigurationPropertySources.get(environment).forEach(sources);
        return sources.build();
    }

    private String describe(Option option) {
        return property(option)
                .map(property -> describe(property.getName(), property))
                .orElseGet(() -> root.append(option.dashed()).toString());
    }

    private String describe(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        return describe(name, source.getConfigurationProperty(name));
    }

    private static String describe(ConfigurationPropertyName name, ConfigurationProperty property) {
        return property == null || property.getOrigin() == null
                ? name.toString()
                : name + " (" + property.getOrigin() + ")";
    }
}
