package io.github.camelsora.internal.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.SoraTestSupport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connections there are: one of its own for each submit, shared ones for queries, none after the end. */
class ConnectionRouteTest extends SoraTestSupport {
    private String remix;

    @BeforeEach
    void addASource() {
        remix = "sora:remix?videoId=" + toApis.addSource();
    }

    @Test
    void aServerThatClosesIdleConnectionsMakesNoSubmitUnknown() throws Exception {
        try (ToApisSimulator impatient = ToApisSimulator.builder()
                .idleTimeout(Duration.ofMillis(250))
                .taskDuration(Duration.ofMillis(300))
                .start()) {
            options().setBaseUrl(impatient.baseUrl());
            String source = impatient.addSource();
            start();

            for (int i = 0; i < 8; i++) {
                Exchange out = send("sora:remix?videoId=" + source, "Prompt " + i);
                assertThat(out.getException()).isNull();
            }

            assertThat(impatient.books().submitsAccepted()).isEqualTo(8);
        }
    }

    @Test
    void submitsHaveConnectionsOfTheirOwnWhileQueriesShareThem() throws Exception {
        start();
        String status = "sora:status?taskId=" + toApis.addSource();
        send(status, null);
        long afterOneLook = toApis.books().connectionsOpened();

        send(status, null);
        send(remix + "&waitForCompletion=false&pollInitialDelay=1m", "A puppy");
        send(remix + "&waitForCompletion=false&pollInitialDelay=1m", "A kitten");

        assertThat(toApis.books().connectionsOpened() - afterOneLook).isEqualTo(2);
    }

    @Test
    void connectionsEndWithTheComponent() throws Exception {
        try (Relay relay = new Relay(URI.create(toApis.baseUrl()).getPort())) {
            options().setBaseUrl("http://127.0.0.1:" + relay.port());
            start();
            send(remix, "A puppy");
            assertThat(relay.open()).isPositive();

            camel.stop();

            await().atMost(LIMIT).until(() -> relay.open() == 0);
        }
    }

    /** Passes connections on, and knows which of them the client has not closed yet. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket server;
        private final AtomicInteger open = new AtomicInteger();

        Relay(int target) throws IOException {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            inBackground(() -> {
                while (true) {
                    Socket client = server.accept();
                    Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.incrementAndGet();
                    inBackground(() -> pass(client, service, open::decrementAndGet));
                    inBackground(() -> pass(service, client, () -> {}));
                }
            });
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void inBackground(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // A connection that is closed at either end is what this waits for.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private static void pass(Socket from, Socket to, Runnable atEnd) throws IOException {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } finally {
                atEnd.run();
            }
        }

        int port() {
            return server.getLocalPort();
        }

        int open() {
            return open.get();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
