package io.github.camelsora.internal.camel.option;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * A generated configurer, in any locale. It folds the name of an option by the JVM's default locale, which in Turkish makes
 * {@code pollınitialdelay} of {@code pollInitialDelay}. Here the name is folded before, by the root locale.
 */
public final class LocaleSafeConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {
    private final PropertyConfigurer configurer;
    private final PropertyConfigurerGetter getter;

    private LocaleSafeConfigurer(PropertyConfigurer configurer, PropertyConfigurerGetter getter) {
        this.configurer = configurer;
        this.getter = getter;
    }

    /** The configurer with names folded; one that is not there yet, or is not generated, as it is. */
    public static PropertyConfigurer of(PropertyConfigurer configurer) {
        return configurer instanceof PropertyConfigurerGetter getter
                ? new LocaleSafeConfigurer(configurer, getter)
                : configurer;
    }

    private static String fold(String name, boolean ignoreCase) {
        // The configurers know each option in lower case, too.
        return ignoreCase ? name.toLowerCase(Locale.ROOT) : name;
    }

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        return configurer.configure(context, target, fold(name, ignoreCase), value, false);
    }

    @Override
    public String[] getAutowiredNames() {
        return getter.getAutowiredNames();
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return getter.getOptionType(fold(name, ignoreCase), false);
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return getter.getCollectionValueType(target, fold(name, ignoreCase), false);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return getter.getOptionValue(target, fold(name, ignoreCase), false);
    }
}
