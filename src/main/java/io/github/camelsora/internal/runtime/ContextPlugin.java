package io.github.camelsora.internal.runtime;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** An object that the components of one Camel context share, as a plugin of the context. Thread-safe. */
public final class ContextPlugin {
    private ContextPlugin() {}

    /**
     * The object of a context.
     *
     * @param type its class; there is one object of it in a context
     * @param maker makes it when the context has none yet
     */
    public static <T> T of(CamelContext context, Class<T> type, Supplier<T> maker) {
        ExtendedCamelContext plugins = context.getCamelContextExtension();
        // Two components may start at once, and must not make one each.
        synchronized (type) {
            T found = plugins.getContextPlugin(type);
            if (found != null) {
                return found;
            }
            T made = maker.get();
            plugins.addContextPlugin(type, made);
            return made;
        }
    }
}
