package io.github.camelsora.benchmark.rows;

import java.util.EnumSet;
import java.util.Set;

/** What can be recorded and shown of tasks: each part by itself, those that an application has without tracing, and all. */
enum Observability {
    NONE("none"),
    HISTORY("history"),
    EVENTS("events"),
    METERS("meters"),
    RECORDED("history, events and meters"),
    ALL("MDC and spans, too,"),
    MDC("MDC"),
    SPANS("spans");

    /** What is measured. The MDC and spans are measured with all others only. */
    static final Set<Observability> MEASURED = EnumSet.range(NONE, ALL);

    private static final Set<Observability> IN_RECORDED = EnumSet.of(HISTORY, EVENTS, METERS);

    private final String text;

    Observability(String text) {
        this.text = text;
    }

    boolean has(Observability part) {
        return this == part || this == ALL || this == RECORDED && IN_RECORDED.contains(part);
    }

    @Override
    public String toString() {
        return text;
    }
}
