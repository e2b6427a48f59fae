package io.github.camelsora.benchmark.service;

import io.github.camelsora.benchmark.SocketWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A way to a server on this machine that lets only so many bytes a second come back, as a network does. */
final class LimitedNetwork implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    // What was not sent while the reader was slow is not made up for, but for this much.
    private static final long MOST_NANOS_BEHIND = TimeUnit.MILLISECONDS.toNanos(20);

    private final ServerSocket entrance;
    private final int port;
    private final double nanosPerByte;

    LimitedNetwork(int port, long bytesPerSecond) throws IOException {
        this.port = port;
        this.nanosPerByte = 1e9 / bytesPerSecond;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SocketWork.begin("limited-network", this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            SocketWork.begin("limited-network", () -> {
                try (client;
                        server) {
                    pass(server.getInputStream(), client.getOutputStream());
                }
            });
            SocketWork.begin("limited-network", () -> client.getInputStream().transferTo(server.getOutputStream()));
        }
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long due = System.nanoTime();
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            long now = System.nanoTime();
            due = Math.max(due, now - MOST_NANOS_BEHIND);
            while (due > now) {
                LockSupport.parkNanos(due - now);
                now = System.nanoTime();
            }
            out.write(chunk, 0, length);
            due += (long) (length * nanosPerByte);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
