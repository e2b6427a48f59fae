package io.github.camelsora.internal.telemetry;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.trace.TaskScope;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/**
 * Describes the spans of sora endpoints to camel-telemetry, which finds it by {@code META-INF/services}. A span is named for its
 * operation, such as {@code sora remix}. It has neither the options of the URI, which may hold a prompt or an API key, nor the
 * message of an exception, which may quote the service.
 */
public final class SoraSpanDecorator extends AbstractSpanDecorator {
    private static final String SCHEME = "sora";

    private static final Map<String, String> TAGS = Map.of(
            TaskScope.KEY,
            SoraConstants.TASK_KEY,
            TaskScope.TASK_ID,
            SoraConstants.TASK_ID,
            TaskScope.CORRELATION_ID,
            SoraConstants.CORRELATION_ID,
            "sora.status",
            SoraConstants.STATUS);

    @Override
    public String getComponent() {
        return SCHEME;
    }

    /** For a component that is registered under another name. */
    @Override
    public String getComponentClassName() {
        return "io.github.camelsora.SoraComponent";
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return SCHEME + " " + stripSchemeAndOptions(endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        String operation = stripSchemeAndOptions(endpoint);
        span.setComponent("camel-" + SCHEME);
        span.setTag(TagConstants.URL_SCHEME, SCHEME);
        span.setTag(TagConstants.URL_PATH, operation);
        span.setTag("camel.uri", SCHEME + ":" + operation);
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        TAGS.forEach((tag, header) -> {
            String value = exchange.getMessage().getHeader(header, String.class);
            if (value != null) {
                span.setTag(tag, value);
            }
        });
        if (exchange.isFailed()) {
            span.setError(true);
            if (exchange.getException() != null) {
                span.log(describe(exchange.getException()));
            }
        }
    }

    private static Map<String, String> describe(Exception failure) {
        Map<String, String> fields = new HashMap<>();
        fields.put("event", "error");
        fields.put("error.kind", failure.getClass().getName());
        if (failure instanceof SoraException ours) {
            fields.put("sora.outcome", ours.getOutcome().name());
        }
        return fields;
    }
}
