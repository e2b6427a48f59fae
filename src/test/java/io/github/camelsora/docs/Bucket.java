package io.github.camelsora.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of S3 as a producer needs that puts objects into one bucket, by path and not by host name. */
final class Bucket implements AutoCloseable {
    /** What was put. */
    record StoredObject(byte[] bytes, String contentType, long announced) {}

    final Map<String, StoredObject> objects = new ConcurrentHashMap<>();

    /** The keys of all puts, also of those that were refused. */
    final List<String> puts = new CopyOnWriteArrayList<>();

    private final AtomicInteger refusals = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String name;

    Bucket(String name) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next puts are stored and answered with an error, so that the client does not know that they were stored. */
    void storeAndRefuse(int times) {
        refusals.set(times);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestMethod().equals("PUT") || !path.startsWith("/" + name + "/")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String key = path.substring(name.length() + 2);
            String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
            boolean isChunked = encoding != null && encoding.contains("aws-chunked");
            String length = exchange.getRequestHeaders()
                    .getFirst(isChunked ? "x-amz-decoded-content-length" : "Content-Length");
            byte[] bytes = isChunked
                    ? unchunked(exchange.getRequestBody())
                    : exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            puts.add(key);
            objects.put(key, new StoredObject(bytes, type, length == null ? -1 : Long.parseLong(length)));
            boolean isRefused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(isRefused ? 403 : 200, -1);
        }
    }

    /** Chunks of {@code <hex length>;chunk-signature=…}, one of no length, and trailers. */
    private static byte[] unchunked(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int length = length(in); length > 0; length = length(in)) {
            bytes.write(in.readNBytes(length));
            line(in);
        }
        in.readAllBytes();
        return bytes.toByteArray();
    }

    private static int length(InputStream in) throws IOException {
        return Integer.parseInt(line(in).replaceFirst(";.*", ""), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new UncheckedIOException(new IOException("The chunks are cut off"));
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
