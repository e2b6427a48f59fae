package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The base class of the webhook tests: a receiver to which the simulator sends. */
abstract class WebhookTest extends SimulatorTest {

    static final String SECRET = "whsec-simulator";

    final Receiver receiver = new Receiver();

    @BeforeEach
    void turnOn() {
        simulator().webhook(receiver.url("/hooks/sora"), SECRET);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(SOON);
    }

    /** Waits until the receiver has got so many requests. */
    List<Received> awaitReceived(int count) {
        await().until(() -> receiver.received.size() >= count);
        return List.copyOf(receiver.received);
    }

    /** The one delivery of a task's event, once so many tries are answered. */
    WebhookDelivery awaitAnswered(String taskId, int tries) {
        await().until(() -> {
            List<WebhookDelivery> all = simulator().webhooks().deliveries(taskId);
            return all.size() == 1
                    && all.get(0).tries().size() >= tries
                    && all.get(0).tries().stream().allMatch(tried -> tried.answeredAt() != null);
        });
        return simulator().webhooks().deliveries(taskId).get(0);
    }

    /** A request as it reached the receiver. */
    record Received(String method, String path, Map<String, List<String>> headers, byte[] body) {

        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.get(0);
        }

        String id() {
            return header(WebhookSigner.ID);
        }

        JsonNode json() {
            return Json.read(new String(body, StandardCharsets.UTF_8));
        }

        boolean isSignedBy(String... secrets) {
            String timestamp = header(WebhookSigner.TIMESTAMP);
            return WebhookSigner.of(secrets).signature(id(), timestamp, body).equals(header(WebhookSigner.SIGNATURE));
        }
    }

    /** A receiver of events, which answers 200 by default. */
    static final class Receiver implements AutoCloseable {

        final List<Received> received = new CopyOnWriteArrayList<>();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger present = new AtomicInteger();
        private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;

        Receiver() {
            try {
                server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", this::answer);
            server.setExecutor(threads);
            server.start();
        }

        String url(String path) {
            return "http://127.0.0.1:" + server.getAddress().getPort() + path;
        }

        /** Sets the status codes of the next answers, in order; 0 closes the connection without an answer. */
        void answers(Integer... next) {
            answers.addAll(List.of(next));
        }

        private void answer(HttpExchange exchange) throws IOException {
            mostAtOnce.accumulateAndGet(present.incrementAndGet(), Math::max);
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                received.add(new Received(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        body));
                Integer status = answers.poll();
                if (status != null && status == 0) {
                    return;
                }
                exchange.getResponseHeaders().add("Location", url("/elsewhere"));
                exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            } finally {
                present.decrementAndGet();
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
