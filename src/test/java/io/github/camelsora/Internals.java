package io.github.camelsora;

import io.github.camelsora.internal.camel.ComponentContext;
import io.github.camelsora.internal.camel.EndpointContext;

/** What tests see of a component and its endpoints that users do not. */
public final class Internals {
    private Internals() {}

    public static ComponentContext of(SoraComponent component) {
        return component.context();
    }

    public static EndpointContext of(SoraEndpoint endpoint) {
        return endpoint.context();
    }
}
