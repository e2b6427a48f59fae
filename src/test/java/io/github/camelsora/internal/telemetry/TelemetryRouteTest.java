package io.github.camelsora.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What camel-opentelemetry2 shows of a task: one trace from its submit to its download, and nothing that is secret. */
class TelemetryRouteTest extends SoraTestSupport {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
    private static final String PROMPT = "Pomegranate-Zeppelin over Xanadu";

    @TempDir
    Path folder;

    private Tracing tracing;
    private String remix;

    @BeforeEach
    void trace() {
        tracing = new Tracing().start(camel);
        remix = "sora:remix?requestKey=key-1&videoId=" + toApis.addSource();
    }

    @AfterEach
    void close() {
        tracing.close();
    }

    private static RouteBuilder remixThenDownload(String remix, Path folder) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).to("sora:download?directory=" + folder);
            }
        };
    }

    private static List<String> names(List<SpanData> spans) {
        return spans.stream()
                .map(SpanData::getName)
                .filter(name -> name.startsWith("sora"))
                .distinct()
                .toList();
    }

    private void assertOneTrace() {
        assertThat(tracing.spans()).isNotEmpty().allSatisfy(span -> assertThat(span.getTraceId())
                .as(span.getName())
                .isEqualTo(TRACE_ID));
    }

    @Test
    void aMessageIsOneTraceFromItsEntryToItsDownload() throws Exception {
        start(remixThenDownload(remix, folder));

        Exchange out = send("direct:in", PROMPT, "traceparent", TRACE);

        assertThat(out.getException()).isNull();
        await().atMost(LIMIT).until(() -> !tracing.spans("sora poll").isEmpty());
        assertThat(names(tracing.spans()))
                .containsExactlyInAnyOrder("sora remix", "sora submit", "sora poll", "sora download");
        assertOneTrace();
    }

    @Test
    void theCallsOfATaskAreChildrenOfItsSubmit() throws Exception {
        start();

        send(remix, PROMPT, "traceparent", TRACE);

        await().atMost(LIMIT).until(() -> !tracing.spans("sora poll").isEmpty());
        String remixSpan = tracing.span("sora remix").getSpanId();
        assertThat(Stream.concat(tracing.spans("sora submit").stream(), tracing.spans("sora poll").stream()))
                .isNotEmpty()
                .allSatisfy(span -> {
                    assertThat(span.getParentSpanId()).isEqualTo(remixSpan);
                    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
                    assertThat(attributes(span.getAttributes())).contains("sora.key=key-1");
                });
    }

    @Test
    void aSpanNamesItsTask() throws Exception {
        start();

        Exchange out = send(remix + "&correlationId=process-1", PROMPT);

        assertThat(attributes(tracing.span("sora remix").getAttributes()))
                .contains(
                        "camel.uri=sora:remix",
                        "sora.key=key-1",
                        "sora.taskId=" + out.getMessage().getHeader("CamelSoraTaskId"),
                        "sora.correlationId=process-1",
                        "sora.status=COMPLETED");
    }

    @Test
    void theTraceGoesOnInAnotherJvm() throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        toApis.taskDuration(Duration.ofHours(1));
        start();
        SoraConfiguration old = options();
        Exchange out = send(remix + "&waitForCompletion=false", PROMPT, "traceparent", TRACE);
        camel.stop();
        toApis.complete(out.getMessage().getHeader("CamelSoraTaskId", String.class));

        try (CamelContext next = new DefaultCamelContext();
                Tracing nextTracing = new Tracing().start(next)) {
            SoraConfiguration own =
                    next.getComponent("sora", SoraComponent.class).getConfiguration();
            own.setBaseUrl(old.getBaseUrl());
            own.setApiKey(old.getApiKey());
            next.getComponent("sora", SoraComponent.class)
                    .setLedgerFile(folder.resolve("ledger").toString());
            own.setAllowPrivateHosts(true);
            own.setPollInitialDelay(20);
            own.setPollInterval(20);
            next.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("sora:tasks").to("sora:download?directory=" + folder);
                }
            });
            next.start();

            await().atMost(LIMIT)
                    .until(() -> names(nextTracing.spans()).containsAll(List.of("sora tasks", "sora download")));
            assertThat(names(nextTracing.spans()))
                    .containsExactlyInAnyOrder("sora poll", "sora tasks", "sora download");
            assertThat(nextTracing.spans())
                    .allSatisfy(span ->
                            assertThat(span.getTraceId()).as(span.getName()).isEqualTo(TRACE_ID));
            assertThat(nextTracing.span("sora tasks").getParentSpanId())
                    .isEqualTo(tracing.span("sora remix").getSpanId());
        }
    }

    @Test
    void aSubmitThatIsLostIsLookedUpInItsTrace() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        send(remix, PROMPT, "traceparent", TRACE);

        assertThat(names(tracing.spans())).contains("sora look-up");
        assertOneTrace();
    }

    @Test
    void aComponentOfAnotherNameHasTheSameSpans() throws Exception {
        SoraComponent video = new SoraComponent();
        video.setConfiguration(options());
        camel.addComponent("video", video);
        start();

        send("video:balance", null);

        assertThat(names(tracing.spans())).containsExactly("sora balance");
    }

    @Test
    void withoutATracerNothingIsTraced() throws Exception {
        try (CamelContext plain = new DefaultCamelContext()) {
            TracerSpans spans = new TracerSpans(plain);

            assertThat(spans.<String>trace("sora poll", null, () -> "answer")).isEqualTo("answer");
        }
    }

    private static List<String> attributes(Attributes attributes) {
        return attributes.asMap().entrySet().stream()
                .map(entry -> entry.getKey().getKey() + "=" + entry.getValue())
                .toList();
    }

    private static Stream<String> texts(SpanData span) {
        return Stream.of(
                        Stream.of(span.getName(), span.getStatus().getDescription()),
                        attributes(span.getAttributes()).stream(),
                        span.getEvents().stream().map(EventData::getName),
                        span.getEvents().stream().flatMap(event -> attributes(event.getAttributes()).stream()))
                .flatMap(part -> part);
    }

    @Test
    void noSpanHasAPromptOrAnApiKey() throws Exception {
        toApis.addApiKey("sk-of-the-endpoint");
        String uri = "sora:remix?account=other&apiKey=sk-of-the-endpoint&baseUrl=" + toApis.baseUrl() + "&prompt=RAW("
                + PROMPT + ")";
        String source = toApis.addSource();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(uri + "&videoId=" + source)
                        .toD(uri + "&videoId=${header.CamelSoraTaskId}")
                        .to("sora:download?directory=" + folder);
            }
        });

        Exchange good = send("direct:in", null);
        toApis.failingWord("Zeppelin");
        Exchange failed = send("direct:in", null);
        toApis.on(Call.SUBMIT).answer(422, "{\"error\": {\"message\": \"Refused: " + PROMPT + "\"}}");
        Exchange rejected = send("direct:in", null);
        Exchange invalid = send("direct:in", null, "CamelSoraDuration", "many");

        assertThat(good.getException()).isNull();
        assertThat(List.of(failed, rejected, invalid))
                .allSatisfy(each -> assertThat(each.getException()).isNotNull());
        assertThat(tracing.spans("sora remix")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(tracing.spans())
                .flatExtracting(span -> texts(span).toList())
                .isNotEmpty()
                .noneMatch(text -> text.contains("Zeppelin") || text.contains("sk-"));
    }
}
