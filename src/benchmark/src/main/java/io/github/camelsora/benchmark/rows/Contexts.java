package io.github.camelsora.benchmark.rows;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.benchmark.service.Service;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Contexts of Camel whose {@code sora:} speaks to the simulator. All else is as it comes, the vendor's limits included. */
final class Contexts {
    private Contexts() {}

    static CamelContext speakingTo(Service service) {
        CamelContext camel = new DefaultCamelContext();
        speakTo(service, options(camel));
        return camel;
    }

    /** One more component of a context that speaks to the simulator, holds nothing back and polls too late. */
    static SoraComponent another(CamelContext camel, String scheme, Service service) {
        SoraComponent component = new SoraComponent();
        speakTo(service, component.getConfiguration());
        holdNothingBack(component.getConfiguration());
        pollTooLate(component.getConfiguration());
        camel.addComponent(scheme, component);
        return component;
    }

    private static void speakTo(Service service, SoraConfiguration options) {
        options.setBaseUrl(service.baseUrl());
        options.setApiKey(service.apiKey());
    }

    /** Polls come too late to take part in what is measured. */
    static void pollTooLate(CamelContext camel) {
        pollTooLate(options(camel));
    }

    private static void pollTooLate(SoraConfiguration options) {
        options.setPollInitialDelay(3_600_000);
        options.setPollInterval(3_600_000);
    }

    /** Nothing waits for its turn, so that what is measured is not the vendor's pace. */
    static void holdNothingBack(CamelContext camel) {
        holdNothingBack(options(camel));
    }

    private static void holdNothingBack(SoraConfiguration options) {
        options.setRateGroup(RateGroup.NONE);
    }

    static SoraConfiguration options(CamelContext camel) {
        return sora(camel).getConfiguration();
    }

    static SoraComponent sora(CamelContext camel) {
        return camel.getComponent("sora", SoraComponent.class);
    }
}
