package sample;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.simulator.ToApisSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.junit.jupiter.api.Test;

/** What operators see of the application: health checks, meters and the dev console. Runs with {@code -Pmonitored} only. */
@QuarkusTest
@TestProfile(MonitoredTest.Monitored.class)
class MonitoredTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI application;

    @Inject
    CamelContext camel;

    @Inject
    ProducerTemplate producer;

    /** The settings of the application. */
    public static final class Monitored implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "camel.main.dev-console-enabled", "true",
                    // camel-quarkus-console would do this. Quarkus fixes the property at build time.
                    "quarkus.camel.service.discovery.include-patterns",
                            "META-INF/services/org/apache/camel/dev-console/*");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Service.class));
        }
    }

    /** The service is a simulator in this JVM. */
    public static final class Service implements QuarkusTestResourceLifecycleManager {
        private static ToApisSimulator toApis;

        @Override
        public Map<String, String> start() {
            toApis = ToApisSimulator.start();
            Map<String, String> settings = new HashMap<>(toApis.camelProperties());
            Path folder = newFolder();
            settings.put("camel.component.sora.ledger-file", folder.resolve("ledger").toString());
            settings.put("sora.prompts", folder.resolve("prompts").toString());
            settings.put("sora.directory", folder.resolve("videos").toString());
            return settings;
        }

        private static Path newFolder() {
            try {
                return Files.createTempDirectory(Path.of("target"), "monitored-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            toApis.close();
        }
    }

    @Test
    void theFiveChecksAreUp() throws Exception {
        // Camel's own check of the file consumer is DOWN until it has polled.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertEquals(200, get("/q/health/ready").statusCode()));
        HttpResponse<String> health = get("/q/health/ready");

        assertEquals(
                Set.of("sora-key", "sora-ledger", "sora-paused", "sora-service", "sora-timer"),
                checks(health).keySet());
        assertEquals(Set.of("UP"), Set.copyOf(checks(health).values()));
        assertEquals(Map.of("sora-timer", "UP"), checks(get("/q/health/live")));
    }

    @Test
    void aRejectedApiKeyIsDown() throws Exception {
        Service.toApis.revokeApiKey(Service.toApis.apiKey());
        try {
            assertThrows(
                    CamelExecutionException.class, () -> producer.requestBody("sora:generate", "A dog in the snow"));

            HttpResponse<String> ready = get("/q/health/ready");
            assertEquals(503, ready.statusCode(), ready.body());
            assertEquals("DOWN", checks(ready).get("sora-key"));
            assertEquals("UP", checks(ready).get("sora-ledger"));
            assertEquals(200, get("/q/health/live").statusCode());
            assertEquals(1, console().path("problems").size(), console().toString());
        } finally {
            Service.toApis.addApiKey(Service.toApis.apiKey());
            camel.getComponent("sora", SoraComponent.class)
                    .operator()
                    .resume("default", new Operator("ann", "The key is back"));
        }
    }

    @Test
    void aSubmitIsMeasured() throws Exception {
        producer.requestBody("sora:generate?waitForCompletion=false", "A cat on a roof at night");

        String metrics = get("/q/metrics").body();
        assertTrue(
                metrics.lines()
                        .anyMatch(line -> line.startsWith("sora_submits_total{")
                                && line.contains("outcome=\"accepted\"")
                                && line.endsWith(" 1.0")),
                metrics);
        assertTrue(metrics.contains("\nsora_ledger_latency_seconds_count{"), metrics);
    }

    @Test
    void theConsoleShowsTheAccount() {
        assertEquals("sora", console().path("name").asText());
        assertEquals("default", console().path("accounts").path(0).path("account").asText());
    }

    private JsonNode console() {
        Object json = DevConsoleRegistry.get(camel).getConsole("sora").orElseThrow().call(DevConsole.MediaType.JSON);
        return JSON.valueToTree(json).path("components").path(0);
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(application.resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** The checks of the component by their names. */
    private static Map<String, String> checks(HttpResponse<String> health) throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode check : JSON.readTree(health.body()).path("checks")) {
            if (check.path("name").asText().startsWith("sora-")) {
                states.put(check.path("name").asText(), check.path("status").asText());
            }
        }
        return states;
    }
}
