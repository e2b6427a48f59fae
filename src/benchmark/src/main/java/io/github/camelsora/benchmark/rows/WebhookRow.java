package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.WebhookSigner;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * How soon a waiting exchange goes on when the vendor's webhook comes. The time begins before the event is sent, in this
 * JVM, so the sending of it is in there too.
 */
public final class WebhookRow implements Row {
    private static final String SECRET = "whsec-of-the-benchmark";
    private static final String PATH = "/hooks/sora";
    private static final double MOST_MILLISECONDS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient vendor = HttpClient.newHttpClient();
    private final Map<String, CompletableFuture<Long>> nextSteps = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Service service = Service.start(ServiceOptions.tasksThatRunOn())) {
            TaskLedger memory = new MemoryTaskLedger(InstantSource.system(), 10_000);
            figures.add(figure("ledger in memory", measure(service, memory, effort)));
            try (Ledgers ledgers = new Ledgers()) {
                JdbcTaskLedger file = ledgers.inFreshFile();
                figures.add(figure("ledger in a file", measure(service, file, effort)));
            }
        }
        return figures;
    }

    private static Figure figure(String ledger, Numbers millis) {
        return Figure.atMost(
                        "webhook to the next step of a waiting exchange, median, " + ledger,
                        MOST_MILLISECONDS,
                        millis.median(),
                        "%.1f ms")
                .with(Figure.text("99 of 100 within %.1f ms", millis.percentile(99)));
    }

    private Numbers measure(Service service, TaskLedger ledger, Effort effort) throws Exception {
        int port = freePort();
        Numbers millis = new Numbers();
        try (CamelContext camel = Contexts.speakingTo(service)) {
            Contexts.holdNothingBack(camel);
            Contexts.pollTooLate(camel);
            Contexts.sora(camel).setLedger(ledger);
            serve(camel, port);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("sora:webhook?webhookPath=" + PATH + "&webhookSecret=" + SECRET)
                            .log("${headers.CamelSoraTaskId}");
                    from("direct:remix")
                            .to("sora:remix?videoId=" + service.source())
                            .process(exchange -> nextSteps
                                    .get(exchange.getMessage()
                                            .getBody(VideoTask.class)
                                            .key())
                                    .complete(System.nanoTime()));
                }
            });
            camel.start();
            int unmeasured = effort.of(200, 10);
            for (int i = 0; i < unmeasured + effort.of(500, 20); i++) {
                double one = millisToNextStep(camel, ledger, port);
                if (i >= unmeasured) {
                    millis.add(one);
                }
            }
        }
        return millis;
    }

    private double millisToNextStep(CamelContext camel, TaskLedger ledger, int port) throws Exception {
        String key = UUID.randomUUID().toString();
        CompletableFuture<Long> nextStep = new CompletableFuture<>();
        nextSteps.put(key, nextStep);
        camel.createFluentProducerTemplate()
                .to("direct:remix")
                .withHeader("CamelSoraRequestKey", key)
                .withBody("Add a puppy")
                .asyncSend();
        byte[] event = event(awaitTaskId(ledger, key), key).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = WebhookSigner.of(SECRET).headers("evt_" + key, Instant.now(), event);
        var request = WebhookSigner.request(URI.create("http://127.0.0.1:" + port + PATH), headers, event)
                .build();
        long begin = System.nanoTime();
        var answer = vendor.sendAsync(request, BodyHandlers.discarding());
        double millis = (nextStep.get(LIMIT.toSeconds(), TimeUnit.SECONDS) - begin) / 1e6;
        answer.join();
        nextSteps.remove(key);
        return millis;
    }

    private static String awaitTaskId(TaskLedger ledger, String key) throws Exception {
        Await.until(LIMIT, () -> taskId(ledger, key).isPresent());
        return taskId(ledger, key).orElseThrow();
    }

    private static Optional<String> taskId(TaskLedger ledger, String key) {
        return ledger.find("default", key).map(TaskRecord::taskId);
    }

    private static String event(String taskId, String key) {
        return """
                {"id": "evt_%2$s", "type": "generation.completed", "api_version": "v1", "created_at": 1783953302,
                 "data": {"task_id": "%1$s", "client_business_id": "%2$s", "task_type": "video", "model": "sora-2",
                          "status": "SUCCESS", "progress": "100%%", "error": null,
                          "result": {"type": "video", "data": [{"url": "https://files.toapis.com/x.mp4"}]},
                          "submitted_at": 1783953000, "finished_at": 1783953300}}
                """.formatted(taskId, key);
    }

    private static void serve(CamelContext camel, int port) throws Exception {
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(port);
        camel.addService(new VertxPlatformHttpServer(server), true, true);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
