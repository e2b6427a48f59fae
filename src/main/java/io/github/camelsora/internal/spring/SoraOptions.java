package io.github.camelsora.internal.spring;

import io.github.camelsora.SoraComponent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Sets {@code camel.component.sora.*} on the component {@code sora}, as camel-main does. A component with another name has
 * properties of that name, since it may use another account.
 */
final class SoraOptions implements ComponentCustomizer, CamelContextConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SoraOptions.class);
    private static final String COMPONENTS = "camel.component";
    private static final String NAME = "sora";

    private final Environment environment;
    private final OptionCatalog catalog = OptionCatalog.load();

    /**
     * Checks the names of all properties at once, before anything starts.
     *
     * @throws OptionException if a property is no option
     */
    SoraOptions(Environment environment) {
        this.environment = environment;
        OptionProperties properties = properties(NAME);
        if (isEnabled(NAME)) {
            properties.checkNames();
        } else if (!properties.isEmpty()) {
            LOG.warn("{}.{}.* is not applied: it is disabled by a property 'enabled'", COMPONENTS, NAME);
        }
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof SoraComponent && isEnabled(name);
    }

    @Override
    public void configure(String name, Component target) {
        OptionProperties properties = properties(name);
        properties.checkNames();
        for (OptionCatalog.Option option : catalog.options()) {
            properties.value(option).ifPresent(value -> set(target, properties, option, value));
        }
    }

    /**
     * Creates the component if it has properties, as camel-main does. So an invalid value or a ledger that cannot be opened ends
     * the start instead of failing the first message, and tasks in the ledger are followed from the start.
     */
    @Override
    public void beforeApplicationStart(CamelContext camel) {
        if (isEnabled(NAME) && !properties(NAME).isEmpty()) {
            camel.getComponent(NAME, true, false);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // The component is started with the context.
    }

    private OptionProperties properties(String name) {
        return new OptionProperties(environment, prefix(name), catalog);
    }

    /** As for each component of Camel: the component's own property has precedence over that of all. */
    private boolean isEnabled(String name) {
        String own = prefix(name);
        return HierarchicalPropertiesEvaluator.evaluate(environment, COMPONENTS, own)
                && HierarchicalPropertiesEvaluator.evaluate(
                        environment, COMPONENTS + ".customizer", own + ".customizer");
    }

    /** Boot's canonical names have lower-case letters and digits only; it finds sora2 and Sora_2 by this one. */
    private static String prefix(String name) {
        return COMPONENTS + "." + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static void set(Component target, OptionProperties properties, OptionCatalog.Option option, String value) {
        try {
            CamelPropertiesHelper.setCamelProperties(
                    target.getCamelContext(), target, new HashMap<>(Map.of(option.name(), value)), true);
        } catch (RuntimeException e) {
            throw properties.invalidValue(option, value, InvalidValue.of(target.getCamelContext(), option, value), e);
        }
    }
}
