package io.github.camelsora.internal.camel.option;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Makes a generated configurer work in any locale. Generated ones lower-case an option's name by the JVM's default locale, which
 * in Turkish turns {@code pollInitialDelay} into {@code pollınitialdelay}. Here the name is lower-cased before, by the root
 * locale. The words of an option may be in any case, too; a wrong one is answered with the list of right ones.
 */
public final class LocaleSafeConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {
    private final PropertyConfigurer configurer;
    private final PropertyConfigurerGetter getter;

    private LocaleSafeConfigurer(PropertyConfigurer configurer, PropertyConfigurerGetter getter) {
        this.configurer = configurer;
        this.getter = getter;
    }

    /** Wraps a configurer; null and configurers that are not generated are returned as they are. */
    public static PropertyConfigurer of(PropertyConfigurer configurer) {
        return configurer instanceof PropertyConfigurerGetter getter
                ? new LocaleSafeConfigurer(configurer, getter)
                : configurer;
    }

    private static String toLowerCase(String name, boolean ignoreCase) {
        // Generated configurers accept each name in lower case, too.
        return ignoreCase ? name.toLowerCase(Locale.ROOT) : name;
    }

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        String lowerCase = toLowerCase(name, ignoreCase);
        Class<?> type = value instanceof String ? getter.getOptionType(lowerCase, false) : null;
        Object converted =
                type != null && type.isEnum() ? word(name, type.asSubclass(Enum.class), (String) value) : value;
        return configurer.configure(context, target, lowerCase, converted, false);
    }

    /** Before Camel converts it, whose message does not list the words. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object word(String name, Class<? extends Enum> type, String value) {
        return EnumOption.parse(name, type, value);
    }

    @Override
    public String[] getAutowiredNames() {
        return getter.getAutowiredNames();
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return getter.getOptionType(toLowerCase(name, ignoreCase), false);
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return getter.getCollectionValueType(target, toLowerCase(name, ignoreCase), false);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return getter.getOptionValue(target, toLowerCase(name, ignoreCase), false);
    }
}
