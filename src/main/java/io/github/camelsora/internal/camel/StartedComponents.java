package io.github.camelsora.internal.camel;

import io.github.camelsora.internal.runtime.ContextPlugin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;

/** The components of one Camel context that are started, for what shows them to an operator. Thread-safe. */
public final class StartedComponents {
    private final List<ComponentContext> started = new CopyOnWriteArrayList<>();

    /** Those of a context. */
    public static StartedComponents of(CamelContext camel) {
        return ContextPlugin.of(camel, StartedComponents.class, StartedComponents::new);
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
