package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.crash.SpanFile.Span;
import io.github.camelsora.support.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A node is killed while a task runs that an HTTP request has submitted. The next node delivers the task, in the trace of the
 * request.
 */
class TraceKillTest {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String KEY = "order-1";
    private static final String PROMPT = "Remix " + KEY + " as Pomegranate-Zeppelin over Xanadu";

    /** Where the last node that was started takes requests. */
    private int port;

    @Test
    void oneTraceLeadsFromARequestToTheDownloadByAnotherNode() throws Exception {
        try (Scenario scenario = scenario("trace-forget")) {
            Node first = start(scenario);
            assertThat(send(RemixMessage.Kind.FORGET).join().statusCode()).isEqualTo(202);

            List<Span> before = killAfter(scenario, first, "POST", "sora poll");
            List<Span> after = deliverByAnotherNode(scenario);

            assertThat(taskSpans(before)).containsExactlyInAnyOrder("sora remix", "sora submit", "sora poll");
            assertThat(taskSpans(after)).containsExactlyInAnyOrder("sora poll", "sora tasks", "sora download");
            assertOneTrace(before, after);
            assertThat(spans("POST", before)).extracting(Span::parentSpanId).containsExactly(CALLER);
            // Each span leads to the request.
            List<String> known = all(before, after).map(Span::spanId).toList();
            assertThat(all(before, after))
                    .extracting(Span::parentSpanId)
                    .allMatch(parent -> parent.equals(CALLER) || known.contains(parent));
        }
    }

    /** The spans of the request and of its wait are never exported, because they have not ended. */
    @Test
    void aRequestThatWaitsWhenItsNodeIsKilledHasTheSameTrace() throws Exception {
        try (Scenario scenario = scenario("trace-wait")) {
            Node first = start(scenario);
            CompletableFuture<HttpResponse<String>> response = send(RemixMessage.Kind.WAIT);

            List<Span> before = killAfter(scenario, first, "sora poll");
            List<Span> after = deliverByAnotherNode(scenario);

            assertThat(response).failsWithin(Scenario.LIMIT);
            assertThat(taskSpans(before)).containsExactlyInAnyOrder("sora submit", "sora poll");
            assertThat(taskSpans(after)).containsExactlyInAnyOrder("sora poll", "sora tasks", "sora download");
            assertOneTrace(before, after);
            String remix = spans("sora submit", before).get(0).parentSpanId();
            assertThat(Stream.of(spans("sora poll", before), spans("sora poll", after), spans("sora tasks", after)))
                    .allSatisfy(spans ->
                            assertThat(spans).extracting(Span::parentSpanId).containsOnly(remix));
        }
    }

    private static Scenario scenario(String name) {
        return Scenario.withFile(name, key -> Duration.ofHours(1));
    }

    private Node start(Scenario scenario) throws Exception {
        port = FreePort.find();
        List<String> jvmOptions = new ArrayList<>(ClassDataSharing.options());
        jvmOptions.addAll(TracedNode.jvmOptions(port));
        Node node = scenario.start(jvmOptions);
        node.awaitReady();
        return node;
    }

    private CompletableFuture<HttpResponse<String>> send(RemixMessage.Kind kind) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + kind))
                .header("traceparent", "00-" + TRACE_ID + "-" + CALLER + "-01")
                .header(TracedNode.KEY_HEADER, KEY)
                .POST(BodyPublishers.ofString(PROMPT))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
    }

    /** Kills a node after it has exported these spans. Returns all that it has exported. */
    private static List<Span> killAfter(Scenario scenario, Node node, String... names) {
        awaitExported(node, names);
        assertThat(scenario.kill(node)).isEqualTo(Node.KILLED);
        return exported(node);
    }

    private static void awaitExported(Node node, String... names) {
        await().atMost(Scenario.LIMIT).until(() -> Stream.of(names)
                .noneMatch(name -> spans(name, exported(node)).isEmpty()));
    }

    private List<Span> deliverByAnotherNode(Scenario scenario) throws Exception {
        Node node = start(scenario);
        scenario.endAllTasks();
        scenario.awaitDelivered(1);
        awaitExported(node, "sora tasks");
        assertThat(node.stop()).isZero();
        assertThat(scenario.simulator().books().submitsReceived()).isOne();
        return exported(node);
    }

    private static List<Span> exported(Node node) {
        return SpanFile.read(TracedNode.spans(node.options()));
    }

    private static List<Span> spans(String name, List<Span> spans) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private static List<String> taskSpans(List<Span> spans) {
        return spans.stream()
                .map(Span::name)
                .filter(name -> name.startsWith("sora"))
                .distinct()
                .toList();
    }

    private static Stream<Span> all(List<Span> before, List<Span> after) {
        return Stream.concat(before.stream(), after.stream());
    }

    private static void assertOneTrace(List<Span> before, List<Span> after) {
        assertThat(all(before, after))
                .allSatisfy(span -> assertThat(span.traceId()).as(span.name()).isEqualTo(TRACE_ID))
                .noneMatch(span -> span.text().contains("Zeppelin"));
    }
}
