package io.github.camelsora;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Camel context whose sora component speaks to a simulator over real HTTP, at a pace that tests bear. */
abstract class SoraTestSupport {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    ToApisSimulator toApis;
    CamelContext camel;

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        toApis = simulator;
        camel = new DefaultCamelContext();
        SoraConfiguration options = sora().getConfiguration();
        options.setBaseUrl(simulator.baseUrl());
        options.setApiKey(simulator.apiKey());
        options.setPollInitialDelay(20);
        options.setPollInterval(20);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    SoraComponent sora() {
        return camel.getComponent("sora", SoraComponent.class);
    }

    /** Starts the context with routes. */
    void start(RouteBuilder... routes) throws Exception {
        for (RouteBuilder route : routes) {
            camel.addRoutes(route);
        }
        camel.start();
    }
}
