package io.github.camelsora.internal.camel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** The components of one Camel context that are started, for what shows them to an operator. Thread-safe. */
public final class StartedComponents {
    private final List<ComponentContext> started = new CopyOnWriteArrayList<>();

    /** Those of a context. */
    public static StartedComponents of(CamelContext camel) {
        ExtendedCamelContext plugins = camel.getCamelContextExtension();
        synchronized (StartedComponents.class) {
            StartedComponents found = plugins.getContextPlugin(StartedComponents.class);
            if (found != null) {
                return found;
            }
            StartedComponents made = new StartedComponents();
            plugins.addContextPlugin(StartedComponents.class, made);
            return made;
        }
    }

    void add(ComponentContext component) {
        started.add(component);
    }

    void remove(ComponentContext component) {
        started.remove(component);
    }

    /** In the order of their starts. */
    public List<ComponentContext> all() {
        return List.copyOf(started);
    }
}
