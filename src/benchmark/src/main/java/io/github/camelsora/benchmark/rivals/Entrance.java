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
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;

    Entrance(int target) throws IOException {
        this.target = target;
        reserved.setReuseAddress(true);
        reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        reopen();
    }

    int port() {
        return reserved.getLocalPort();
    }

    /** From now on the service cannot be reached. */
    void shut() throws IOException {
        server.close();
        open.forEach(Entrance::reset);
    }

    /** From now on it can be reached. */
    void reopen() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(reserved.getLocalSocketAddress(), 1_000);
        server = again;
        SocketWork.begin("entrance", () -> accept(again));
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
