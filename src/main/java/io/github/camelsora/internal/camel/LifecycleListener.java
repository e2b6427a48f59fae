package io.github.camelsora.internal.camel;

import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextResumingEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.spi.CamelEvent.CamelContextSuspendingEvent;
import org.apache.camel.spi.CamelEvent.RouteStoppingEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Ends waits while the routes can still react: all of them when the context begins to stop or to be suspended, those of one
 * route when it stops alone. Not when a producer stops, which also happens to one that a cache has no room for.
 */
final class LifecycleListener extends SimpleEventNotifierSupport {
    private final ComponentContext context;

    LifecycleListener(ComponentContext context) {
        this.context = context;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelContextStoppingEvent
                || event instanceof CamelContextSuspendingEvent
                || event instanceof CamelContextResumingEvent
                || event instanceof RouteStoppingEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof RouteStoppingEvent stopping) {
            String routeId = stopping.getRoute().getRouteId();
            context.waiting().forEach(exchange -> exchange.cancelIfInRoute(routeId));
            context.runtime().downloads().cancelInRoute(routeId);
        } else if (event instanceof CamelContextSuspendingEvent) {
            context.runtime().suspend();
        } else if (event instanceof CamelContextResumingEvent) {
            // Before the consumers of the routes are resumed, which may submit at once.
            context.runtime().resume();
        } else {
            context.runtime().endWaits();
        }
    }
}
