package io.github.camelsora.benchmark.rows;

/** What can be recorded and shown of tasks, each by itself, and all of it. */
enum Observability {
    NONE("none"),
    HISTORY("history"),
    EVENTS("events"),
    METERS("meters"),
    MDC("MDC"),
    SPANS("spans"),
    ALL("all");

    private final String text;

    Observability(String text) {
        this.text = text;
    }

    boolean has(Observability part) {
        return this == part || this == ALL;
    }

    @Override
    public String toString() {
        return text;
    }
}
