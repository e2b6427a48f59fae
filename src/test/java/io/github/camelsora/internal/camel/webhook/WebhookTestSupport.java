package io.github.camelsora.internal.camel.webhook;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.support.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.BeforeEach;

/**
 * A context that receives webhooks over a real HTTP server, and a sender that signs as the contract says. Tasks end only when a
 * test ends them, and polls come too late to be of help.
 */
abstract class WebhookTestSupport extends TasksTestSupport {
    static final String SECRET = "whsec-right";
    static final String PATH = "/hooks/sora";
    static final String RECEIVER = "sora:webhook?webhookPath=" + PATH + "&webhookSecret=" + SECRET;

    private static final long AN_HOUR = 3_600_000;

    final HttpClient http = HttpClient.newHttpClient();
    /** What the route of the receiver has seen. */
    final Queue<Exchange> notices = new ConcurrentLinkedQueue<>();

    int port;

    @BeforeEach
    void openAServer() throws Exception {
        letTasksRunLong();
        options().setPollInitialDelay(AN_HOUR);
        options().setPollInterval(AN_HOUR);
        stopQuickly();
        port = FreePort.find();
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(port);
        limit(server);
        camel.addService(new VertxPlatformHttpServer(server), true, true);
    }

    /** Limits what the server takes at all, in tests that need it. */
    void limit(VertxPlatformHttpServerConfiguration server) {}

    final RouteBuilder receiving(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("receiving").process(exchange -> notices.add(exchange.copy()));
            }
        };
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }

    /** One event, which a test may spoil before it is sent. */
    final class Event {
        final String id = "evt_" + UUID.randomUUID();
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        String body;

        Event(String type, String data) {
            body = "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"api_version\":\"v1\",\"created_at\":" + timestamp
                    + ",\"data\":" + data + "}";
        }

        String signature(String secret) {
            return "v1=" + hmac(secret, id + "." + timestamp + "." + body);
        }

        HttpRequest.Builder unsigned() {
            return HttpRequest.newBuilder(address())
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json")
                    .header("X-ToAPIs-Webhook-Id", id)
                    .header("X-ToAPIs-Webhook-Timestamp", timestamp)
                    .POST(BodyPublishers.ofString(body));
        }

        HttpResponse<String> send() throws Exception {
            return sendSignedBy(SECRET);
        }

        HttpResponse<String> sendSignedBy(String secret) throws Exception {
            return http.send(
                    unsigned()
                            .header("X-ToAPIs-Webhook-Signature", signature(secret))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    final Event completed(String taskId, String key) {
        return new Event(
                "generation.completed",
                "{\"task_id\":\"" + taskId + "\",\"client_business_id\":\"" + wireKey(key)
                        + "\",\"task_type\":\"video\",\"model\":\"sora-2\",\"status\":\"SUCCESS\",\"progress\":\"100%\","
                        + "\"result\":{\"type\":\"video\",\"data\":[{\"url\":\"https://files.toapis.com/x.mp4\"}]},"
                        + "\"error\":null,\"submitted_at\":1783953000,\"finished_at\":1783953300}");
    }

    /** What the request of a key carried; the key itself when none was sent. */
    private String wireKey(String key) {
        TaskLedger ledger = sora().ledger();
        return ledger == null
                ? key
                : ledger.find("default", key).map(TaskRecord::wireKey).orElse(key);
    }

    final Event failed(String taskId) {
        return new Event(
                "generation.failed",
                "{\"task_id\":\"" + taskId + "\",\"status\":\"FAILURE\",\"progress\":\"100%\",\"result\":null,"
                        + "\"error\":{\"code\":\"content_policy_violation\",\"message\":\"It is refused\"}}");
    }

    static String hmac(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id of the one task that was submitted, once the ledger has it. */
    String taskIdOf(String key) {
        soon().until(() -> sora().ledger()
                .find("default", key)
                .filter(r -> r.taskId() != null)
                .isPresent());
        return recordOf(key).taskId();
    }

    void awaitNotices(int count) {
        soon().until(() -> notices.size() >= count);
    }

    Exchange notice() {
        awaitNotices(1);
        return notices.element();
    }
}
