package io.github.camelsora.benchmark.rivals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The server that is notified of each delivered order, which never fails. Thread-safe. */
final class Notifications implements AutoCloseable {
    private static final int THREADS = 8;

    /** One notification. */
    record Notification(String order, long nanos) {}

    private final HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Notification> received = new ArrayList<>();
    private final Consumer<String> onEach;

    Notifications(Consumer<String> onEach) throws IOException {
        this.onEach = onEach;
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/notify";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String order = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip();
            synchronized (received) {
                received.add(new Notification(order, System.nanoTime()));
            }
            onEach.accept(order);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    List<Notification> all() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
