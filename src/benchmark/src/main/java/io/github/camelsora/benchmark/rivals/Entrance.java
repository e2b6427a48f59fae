package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.SocketWork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to the service, and can be closed: then connections are refused, and those that exist are reset. */
final class Entrance implements AutoCloseable {
    /** Is bound and does not listen, so that nobody else takes the port while the service cannot be reached. */
    private final Socket reserved = new Socket();

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;

    Entrance(int target) throws IOException {
        this.target = target;
        reserved.setReuseAddress(true);
        reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = reserved.getLocalPort();
        server = listen(port);
        SocketWork.begin("entrance", () -> accept(server));
    }

    int port() {
        return port;
    }

    /** From now on the service cannot be reached. */
    void shut() throws IOException {
        server.close();
        open.forEach(Entrance::reset);
    }

    /** From now on it can be reached again. */
    void reopen() throws IOException {
        ServerSocket again = listen(port);
        server = again;
        SocketWork.begin("entrance", () -> accept(again));
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return socket;
    }

    private void accept(ServerSocket socket) throws IOException {
        while (true) {
            Socket client = socket.accept();
            Socket service;
            try {
                service = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException e) {
                reset(client);
                continue;
            }
            open.add(client);
            if (socket.isClosed()) {
                // It was shut in between.
                reset(client);
            }
            SocketWork.begin("entrance", () -> {
                try (client;
                        service) {
                    service.getInputStream().transferTo(client.getOutputStream());
                } finally {
                    open.remove(client);
                }
            });
            SocketWork.begin("entrance", () -> {
                try {
                    client.getInputStream().transferTo(service.getOutputStream());
                } finally {
                    service.shutdownOutput();
                }
            });
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        shut();
        reserved.close();
    }
}
