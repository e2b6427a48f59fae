package io.github.camelsora.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A small HTTP/1.1 server on the loopback address, with one thread for each connection. The server of the JDK is not used
 * because it normalises paths, closes idle connections once there are 200, and cannot cut an answer at a given byte.
 */
final class WireServer implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final ServerSocket listener;
    private final String scheme;
    private final Duration idleTimeout;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private WireServer(ServerSocket listener, String scheme, Duration idleTimeout, String name) {
        this.listener = listener;
        this.scheme = scheme;
        this.idleTimeout = idleTimeout;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    static WireServer bind(String name, int port, SSLContext tls, Duration idleTimeout) {
        try {
            ServerSocketFactory sockets = tls == null ? ServerSocketFactory.getDefault() : tls.getServerSocketFactory();
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            ServerSocket listener = sockets.createServerSocket(port, BACKLOG, loopback);
            return new WireServer(listener, tls == null ? "http" : "https", idleTimeout, name);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The simulator cannot listen on port %d: %s".formatted(port, e.getMessage()), e);
        }
    }

    /** Begins to serve. The listener is called for each connection before its first byte is read. */
    void serve(Runnable onConnection, Function<WireRequest, Answer> host) {
        threads.execute(() -> accept(onConnection, host));
    }

    private void accept(Runnable onConnection, Function<WireRequest, Answer> host) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                onConnection.run();
                open.add(socket);
                threads.execute(() -> {
                    new WireConnection(socket, idleTimeout, host).run();
                    open.remove(socket);
                });
            } catch (IOException | RejectedExecutionException e) {
                // This server was closed, which ends the loop, or a client closed its connection before it was
                // accepted.
            }
        }
    }

    String baseUrl() {
        return scheme + "://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        threads.shutdownNow();
        open.forEach(WireServer::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is no longer used.
        }
    }
}
