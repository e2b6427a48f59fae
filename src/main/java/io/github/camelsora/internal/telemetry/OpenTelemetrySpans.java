package io.github.camelsora.internal.telemetry;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.trace.TaskSpans;
import io.github.camelsora.internal.trace.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * Spans by the API of OpenTelemetry: camel-telemetry has none for what runs outside of an exchange. The parent of a span is the
 * one that the record names, whose process may have ended by now.
 */
final class OpenTelemetrySpans implements TaskSpans {
    private final Tracer tracer;

    /** Takes the tracer that camel-opentelemetry2 takes. */
    OpenTelemetrySpans(CamelContext context) {
        Tracer registered = CamelContextHelper.findSingleByType(context, Tracer.class);
        tracer = registered != null ? registered : GlobalOpenTelemetry.get().getTracer("camel-sora");
    }

    @Override
    public <T> T trace(String name, TaskRecord record, Supplier<T> call) {
        String trace = record.origin().traceContext();
        if (trace == null) {
            return call.get();
        }
        // Allocated here: after a paid POST there may be no memory, and its answer must not get lost for that.
        String what = "The span of a call, for key " + record.key() + ",";
        CallSpan span = new CallSpan();
        Runnable end = span::end;
        GuardedCall.run(what, () -> span.begin(name, trace, record));
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            GuardedCall.run(what, () -> span.failed(e));
            throw e;
        } finally {
            GuardedCall.run(what, end);
        }
    }

    private final class CallSpan {
        private Span span = Span.getInvalid();
        private Scope scope = Scope.noop();

        void begin(String name, String trace, TaskRecord record) {
            span = tracer.spanBuilder(name)
                    .setParent(Context.root().with(Span.wrap(parent(trace))))
                    .setSpanKind(SpanKind.CLIENT)
                    .startSpan();
            span.setAttribute(TaskScope.KEY, record.key());
            if (record.taskId() != null) {
                span.setAttribute(TaskScope.TASK_ID, record.taskId());
            }
            scope = span.makeCurrent();
        }

        private static SpanContext parent(String trace) {
            return SpanContext.createFromRemoteParent(
                    TraceContext.traceId(trace),
                    TraceContext.spanId(trace),
                    TraceFlags.fromHex(TraceContext.flags(trace), 0),
                    TraceState.getDefault());
        }

        void failed(Throwable failure) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", failure.getClass().getName());
        }

        void end() {
            scope.close();
            span.end();
        }
    }
}
