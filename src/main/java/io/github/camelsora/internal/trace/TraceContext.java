package io.github.camelsora.internal.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that a task belongs to, in the form of the header {@code traceparent} (W3C Trace Context). Camel's telemetry sets
 * this header to the span of a step before the step runs, so that no library of it is needed here; without telemetry it is that
 * of the caller.
 */
public final class TraceContext {
    /** The name of the header. */
    public static final String HEADER = "traceparent";

    // Version 00 ends after the flags, a later one may go on.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?");

    private static final String VERSION = "00";
    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;
    private static final int SPAN_ID_BEGIN = 36;
    private static final int SPAN_ID_END = 52;

    private TraceContext() {}

    /**
     * Reads the header, which may come from outside.
     *
     * @param header its text; may be null
     * @return the trace context in version 00; null when the header is not one
     */
    public static String read(String header) {
        Matcher form = FORM.matcher(header == null ? "" : header.strip());
        boolean isValid =
                form.matches() && (form.group(3) == null || !form.group(1).equals(VERSION));
        return isValid ? VERSION + "-" + form.group(2) : null;
    }

    /** The trace id of a trace context that was read; null for null. */
    public static String traceId(String traceContext) {
        return traceContext == null ? null : traceContext.substring(TRACE_ID_BEGIN, TRACE_ID_END);
    }

    /** The id of its span, which is the parent of what follows. */
    public static String spanId(String traceContext) {
        return traceContext.substring(SPAN_ID_BEGIN, SPAN_ID_END);
    }

    /** Its flags, as two hexadecimal digits. */
    public static String flags(String traceContext) {
        return traceContext.substring(SPAN_ID_END + 1);
    }
}
