package io.github.camelsora.support;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** camel-opentelemetry2 in a context that has not started, with the spans that have ended in memory. */
public final class Tracing implements AutoCloseable {
    private final InMemorySpanExporter ended = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = exportTo(ended);

    /** Traces all exchanges of a context. */
    public Tracing start(CamelContext camel) {
        start(camel, provider);
        return this;
    }

    /** Traces all exchanges of a context, and exports each span when it ends. */
    public static void start(CamelContext camel, SpanExporter exporter) {
        start(camel, exportTo(exporter));
    }

    private static SdkTracerProvider exportTo(SpanExporter exporter) {
        return SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
    }

    private static void start(CamelContext camel, SdkTracerProvider provider) {
        camel.getRegistry().bind("tracer", provider.get("test"));
        camel.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setTraceProcessors(true);
        tracer.init(camel);
    }

    public List<SpanData> spans() {
        return ended.getFinishedSpanItems();
    }

    public List<SpanData> spans(String name) {
        return spans().stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** The one span of a name. */
    public SpanData span(String name) {
        List<SpanData> found = spans(name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " spans are named " + name + ", not one: " + spans());
        }
        return found.get(0);
    }

    @Override
    public void close() {
        provider.close();
    }
}
