package io.github.camelsora.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;

/** A file with one line of JSON for each span that has ended: what a collector has received of a JVM that is killed. */
final class SpanFile implements SpanExporter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * A span.
     *
     * @param text all that was exported of it, attributes and events included
     */
    record Span(String name, String traceId, String spanId, String parentSpanId, String text) {}

    SpanFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> spans) {
        try {
            for (SpanData span : spans) {
                Span line = new Span(
                        span.getName(), span.getTraceId(), span.getSpanId(), span.getParentSpanId(), span.toString());
                Files.writeString(
                        file,
                        JSON.writeValueAsString(line) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            return CompletableResultCode.ofSuccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    /** Reads the lines written so far. An incomplete last line is ignored. */
    static List<Span> read(Path file) {
        return CompleteLines.of(file).map(SpanFile::parse).toList();
    }

    private static Span parse(String line) {
        try {
            return JSON.readValue(line, Span.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
