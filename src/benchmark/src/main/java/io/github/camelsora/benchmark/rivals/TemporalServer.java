package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Jvm;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;

/**
 * The main class of Temporal's server, which its users have already, or start by {@code temporal server start-dev}. It is the one
 * from Maven Central that tests use: it keeps everything in memory, so it must outlive the program.
 */
final class TemporalServer {
    private static final int ATTEMPTS = 5;

    private TemporalServer() {}

    public static void main(String[] arguments) throws IOException {
        Jvm.endWithParent();
        for (int attempt = 1; ; attempt++) {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            try {
                // Its time is the machine's.
                TestServer.createPortBoundServer(port, true);
                System.out.println("127.0.0.1:" + port);
                return;
            } catch (RuntimeException e) {
                // Another process may have taken the port meanwhile.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
