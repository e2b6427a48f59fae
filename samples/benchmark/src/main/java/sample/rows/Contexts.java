package sample.rows;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import sample.service.Service;

/** Contexts of Camel whose {@code sora:} speaks to the simulator. All else is as it comes, the vendor's limits included. */
final class Contexts {
    private Contexts() {}

    static CamelContext speakingTo(Service service) {
        CamelContext camel = new DefaultCamelContext();
        options(camel).setBaseUrl(service.baseUrl());
        options(camel).setApiKey(service.apiKey());
        return camel;
    }

    /** Polls come too late to take part in what is measured. */
    static void pollTooLate(CamelContext camel) {
        options(camel).setPollInitialDelay(3_600_000);
        options(camel).setPollInterval(3_600_000);
    }

    /** Nothing waits for its turn, so that what is measured is not the vendor's pace. */
    static void holdNothingBack(CamelContext camel) {
        options(camel).setRateGroup("none");
    }

    static SoraConfiguration options(CamelContext camel) {
        return sora(camel).getConfiguration();
    }

    static SoraComponent sora(CamelContext camel) {
        return camel.getComponent("sora", SoraComponent.class);
    }
}
