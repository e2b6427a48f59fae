package io.github.camelsora.internal.telemetry;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.trace.TaskSpans;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelTracingService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spans of a context whose tracer is one of OpenTelemetry's; none in all other contexts. That is decided at the first call,
 * when the context has its tracer.
 */
public final class TracerSpans implements TaskSpans {
    private static final Logger LOG = LoggerFactory.getLogger(TracerSpans.class);

    private final CamelContext context;
    private volatile TaskSpans spans;

    public TracerSpans(CamelContext context) {
        this.context = context;
    }

    @Override
    public <T> T trace(String name, TaskRecord record, Supplier<T> call) {
        TaskSpans found = spans;
        if (found == null) {
            found = find();
            spans = found;
        }
        return found.trace(name, record, call);
    }

    private TaskSpans find() {
        try {
            CamelTracingService tracer = context.hasService(CamelTracingService.class);
            // By its name, because the library is optional.
            boolean isOpenTelemetry = tracer != null
                    && tracer.getClass().getName().toLowerCase(Locale.ROOT).contains("opentelemetry");
            return isOpenTelemetry ? new OpenTelemetrySpans(context) : NONE;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "Polls and submits are not traced, because OpenTelemetry cannot be used. They are made all the same",
                    e);
            return NONE;
        }
    }
}
