package io.github.camelsora.internal.spring;

import io.github.camelsora.internal.spring.OptionCatalog.Option;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * Why a value cannot be set on an option. Nothing of it may be shown for a secret.
 *
 * @param reason what is wrong with the value
 * @param action what the user should do
 */
record InvalidValue(String reason, String action) {
    static InvalidValue of(CamelContext camel, Option option, String value) {
        if (!isResolved(camel, value)) {
            return new InvalidValue(
                    "a property or variable that it names does not exist", "Set that property or variable.");
        }
        Class<?> type = option.isObject() ? camel.getClassResolver().resolveClass(option.javaType()) : null;
        return type == null
                ? new InvalidValue(
                        "its type is " + option.type(), "Write a value of that type, or refer to a bean: #bean:name.")
                : noBean(
                        type,
                        new TreeSet<>(
                                camel.getRegistry().findByTypeWithName(type).keySet()));
    }

    private static boolean isResolved(CamelContext camel, String value) {
        try {
            camel.resolvePropertyPlaceholders(value);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static InvalidValue noBean(Class<?> type, Set<String> names) {
        String reason = "it refers to no bean of type " + type.getName() + ", or to several";
        return names.isEmpty()
                ? new InvalidValue(
                        reason + ". The application has none",
                        "Define a bean of that type, and refer to it by its name: #bean:name.")
                : new InvalidValue(
                        reason + ". The application has: " + String.join(", ", names),
                        "Refer to one of them by its name: #bean:"
                                + names.iterator().next() + ".");
    }
}
