package io.github.camelsora.internal.telemetry;

import io.github.camelsora.SoraComponent;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelTracingService;
import org.apache.camel.support.service.ServiceSupport;

/** A remix of an application that has none of the libraries for traces on its class path. */
public final class WithoutTelemetry implements Callable<String> {
    private final String baseUrl;
    private final String apiKey;
    private final String source;

    public WithoutTelemetry(String baseUrl, String apiKey, String source) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.source = source;
    }

    /** A tracer that looks as if OpenTelemetry was there. */
    public static final class FakeOpenTelemetryTracer extends ServiceSupport implements CamelTracingService {
        private CamelContext context;

        @Override
        public CamelContext getCamelContext() {
            return context;
        }

        @Override
        public void setCamelContext(CamelContext camel) {
            context = camel;
        }
    }

    /** The status of the task, and the trace that its record has. */
    @Override
    public String call() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addService(new FakeOpenTelemetryTracer());
            SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
            sora.getConfiguration().setBaseUrl(baseUrl);
            sora.getConfiguration().setApiKey(apiKey);
            sora.getConfiguration().setPollInitialDelay(20);
            sora.getConfiguration().setPollInterval(20);
            camel.start();
            Exchange out = camel.createFluentProducerTemplate()
                    .to("sora:remix?requestKey=key-1&videoId=" + source)
                    .withHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                    .withBody("A puppy")
                    .send();
            return out.getMessage().getHeader("CamelSoraStatus") + " "
                    + sora.ledger()
                            .find("default", "key-1")
                            .orElseThrow()
                            .origin()
                            .traceContext();
        }
    }
}
