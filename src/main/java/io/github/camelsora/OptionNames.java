package io.github.camelsora;

import java.util.Locale;
import org.apache.camel.CamelContext;

/**
 * The generated configurers, in any locale. They fold the name of an option by the JVM's default locale, which in Turkish
 * makes {@code pollınitialdelay} of {@code pollInitialDelay}. Here the names are folded before, by the root locale.
 */
final class OptionNames {
    private OptionNames() {}

    private static String fold(String name, boolean ignoreCase) {
        // Each option is known to the configurers in lower case, too.
        return ignoreCase ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Sets the options of the component. */
    static final class OfComponent extends SoraComponentConfigurer {
        @Override
        public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
            return super.configure(context, target, fold(name, ignoreCase), value, false);
        }

        @Override
        public Class<?> getOptionType(String name, boolean ignoreCase) {
            return super.getOptionType(fold(name, ignoreCase), false);
        }

        @Override
        public Object getOptionValue(Object target, String name, boolean ignoreCase) {
            return super.getOptionValue(target, fold(name, ignoreCase), false);
        }

        @Override
        public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
            return super.getCollectionValueType(target, fold(name, ignoreCase), false);
        }
    }

    /** Sets the options of an endpoint. */
    static final class OfEndpoint extends SoraEndpointConfigurer {
        @Override
        public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
            return super.configure(context, target, fold(name, ignoreCase), value, false);
        }

        @Override
        public Class<?> getOptionType(String name, boolean ignoreCase) {
            return super.getOptionType(fold(name, ignoreCase), false);
        }

        @Override
        public Object getOptionValue(Object target, String name, boolean ignoreCase) {
            return super.getOptionValue(target, fold(name, ignoreCase), false);
        }

        @Override
        public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
            return super.getCollectionValueType(target, fold(name, ignoreCase), false);
        }
    }
}
