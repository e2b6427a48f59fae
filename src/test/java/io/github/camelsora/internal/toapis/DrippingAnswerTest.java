package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.RawServer;
import io.github.camelsora.support.TaskTestSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An answer that comes byte by byte begins each timeout of a socket anew. It ends all the same when the time for a whole
 * answer is over, and so does a connection that never stands.
 */
@Timeout(60)
class DrippingAnswerTest extends HttpTest {
    /** For answers that are in time, on a busy machine too. */
    private static final Duration LONG = Duration.ofMillis(700);
    /** For answers that never are. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private static final Duration ENOUGH = PATIENT.toDuration();
    private static final long A_DROP_EACH_MILLIS = 20;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    /** Where an answer can drip: its beginning, and what comes again and again. */
    static Stream<Arguments> drops() {
        return Stream.of(
                Arguments.of("body", HEAD + "Content-Length: 100000\r\n\r\n{\"id\": \"", "x"),
                Arguments.of("chunks", HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
                Arguments.of("body until the end", HEAD + "Connection: close\r\n\r\n", "x"),
                Arguments.of("header", HEAD + "X-Slow: ", "x"),
                Arguments.of("headers", HEAD, "X-Slow: 1\r\n"),
                Arguments.of("status", "HTTP/1.1 200 O", "K"),
                Arguments.of("interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n"),
                Arguments.of(
                        "what follows the task",
                        HEAD + "Transfer-Encoding: chunked\r\n\r\n13\r\n{\"id\": \"video_1\"}  \r\n",
                        "1\r\n \r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drops")
    void aSubmitThatIsAnsweredByteByByteIsUnknown(String where, String beginning, String drop) throws Exception {
        try (RawServer server = dripping(beginning, drop)) {
            SubmitAnswer answer = submit(new ToApisClient(
                    BaseUrl.parse(server.address("http")),
                    ApiKey.fixed(simulator.apiKey()),
                    TaskTestSupport.SILENT,
                    limitedSubmits(),
                    queries()));

            assertThat(answer)
                    .isInstanceOfSatisfying(SubmitAnswer.Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains("no complete answer", "responseTimeout", "250 ms"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drops")
    void aQueryThatIsAnsweredByteByByteIsRepeated(String where, String beginning, String drop) throws Exception {
        try (RawServer server = dripping(beginning, drop)) {
            QueryAnswer answer = limited(server, LONGEST).query("video_1");

            assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
            assertThat(answer.failure()).hasMessageContaining("no complete answer");
        }
    }

    @Test
    void aSlowAnswerReleasesItsConnection() throws Exception {
        CompletableFuture<Void> hungUp = new CompletableFuture<>();
        try (RawServer server = RawServer.start(socket -> {
            if (RawServer.readRequest(socket).startsWith("GET /v1/videos/generations/slow ")) {
                try {
                    drip(socket, HEAD + "X-Slow: ", "x");
                } finally {
                    hungUp.complete(null);
                }
            }
            RawServer.write(socket, RawServer.ok("{\"id\": \"fast\", \"status\": \"queued\"}"));
        })) {
            ToApisClient client = limited(server, LONG);
            client.query("slow");

            QueryAnswer answer = client.query("fast");

            assertThat(answer).isInstanceOf(QueryAnswer.Found.class);
            hungUp.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anAnswerInTimeIsReadWhateverWasSlowBefore() throws Exception {
        try (RawServer server = RawServer.start(socket -> {
            while (RawServer.readRequest(socket) != null) {
                RawServer.write(socket, RawServer.ok("{\"id\": \"video_1\", \"status\": \"queued\"}"));
            }
        })) {
            ToApisClient client = limited(server, LONG);

            for (int i = 0; i < 100; i++) {
                assertThat(client.query("video_1")).isInstanceOf(QueryAnswer.Found.class);
            }
        }
    }

    @Test
    void aHandshakeThatDripsIsNoConnection() throws Exception {
        // A TLS record of a handshake that is announced as long, and comes by drops.
        try (RawServer server = dripping("\u0016\u0003\u0003\u003f\u0000", "\u0002")) {
            HttpClient submits = submits(PATIENT, builder -> PlainClient.limit(builder, LONGEST, ENOUGH));
            SubmitAnswer answer = submit(new ToApisClient(
                    BaseUrl.parse(server.address("https")),
                    ApiKey.fixed(simulator.apiKey()),
                    TaskTestSupport.SILENT,
                    submits,
                    queries()));

            assertThat(answer)
                    .isInstanceOfSatisfying(SubmitAnswer.NotAccepted.class, notSent -> assertThat(notSent.reason())
                            .contains("no connection in time"));
        }
    }

    @Test
    void anAnswerThatUnpacksWithoutEndIsNotReadToItsEnd() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                gzip.write(blanks);
            }
        }
        try (RawServer server = RawServer.start(socket -> {
            RawServer.readRequest(socket);
            RawServer.write(socket, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            packed.writeTo(socket.getOutputStream());
        })) {
            QueryAnswer answer = limited(server, LONG).query("video_1");

            assertThat(answer.failure()).hasMessageContaining("longer than");
        }
    }

    private HttpClient limitedSubmits() {
        return submits(PATIENT, builder -> PlainClient.limit(builder, ENOUGH, LONGEST));
    }

    private ToApisClient limited(RawServer server, Duration longest) {
        HttpClient queries = plain(1, PATIENT, builder -> PlainClient.limit(builder, ENOUGH, longest));
        return new ToApisClient(
                BaseUrl.parse(server.address("http")),
                ApiKey.fixed(simulator.apiKey()),
                TaskTestSupport.SILENT,
                limitedSubmits(),
                queries);
    }

    private static RawServer dripping(String beginning, String drop) throws IOException {
        return RawServer.start(socket -> {
            if (beginning.isEmpty() || beginning.startsWith("HTTP")) {
                RawServer.readRequest(socket);
            }
            drip(socket, beginning, drop);
        });
    }

    /** Until the client hangs up. */
    private static void drip(Socket socket, String beginning, String drop) throws IOException {
        RawServer.write(socket, beginning);
        Object neverNotified = new Object();
        while (true) {
            RawServer.write(socket, drop);
            synchronized (neverNotified) {
                try {
                    neverNotified.wait(A_DROP_EACH_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
