package io.github.camelsora.benchmark.rows;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** camel-opentelemetry2 with the SDK as it comes, whose spans are sent nowhere. */
final class CountedSpans implements AutoCloseable {
    private static final int SECONDS = 10;

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(new Exporter()).build())
            .build();

    /** Traces a context that has not started. */
    void of(CamelContext camel) {
        camel.getRegistry().bind("tracer", provider.get("benchmark"));
        camel.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        new OpenTelemetryTracer().init(camel);
    }

    /** Tells whether a span of a name has ended. */
    boolean have(String name) {
        provider.forceFlush().join(SECONDS, TimeUnit.SECONDS);
        return names.contains(name);
    }

    @Override
    public void close() {
        provider.close();
    }

    private final class Exporter implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            spans.forEach(span -> names.add(span.getName()));
            return flush();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return flush();
        }
    }
}
