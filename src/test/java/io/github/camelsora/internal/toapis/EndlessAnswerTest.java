package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.support.RawServer;
import io.github.camelsora.support.TaskTestSupport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer that does not end is neither kept in memory nor read on: it says nothing of what was paid. */
@Timeout(30)
class EndlessAnswerTest {
    private static final long FAR_TOO_MUCH = 256L * 1024 * 1024;

    private final CompletableFuture<Long> written = new CompletableFuture<>();
    private RawServer server;
    private CloseableHttpClient http;
    private ToApisClient client;

    @BeforeEach
    void start() throws IOException {
        server = RawServer.start(this::answerWithoutEnd);
        HttpClientBuilder builder = HttpClientBuilder.create();
        PlainClient.configure(builder);
        http = builder.build();
        client = new ToApisClient(
                BaseUrl.parse(server.address("http")), ApiKey.fixed("sk-1"), TaskTestSupport.SILENT, http, http);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void aSubmitThatIsAnsweredWithoutEndIsUnknown() {
        SubmitAnswer answer = client.submit(
                SubmitRequest.of(SubmitOperation.REMIX, RemixRequest.of("video_0", "Add a puppy")),
                "key-1",
                "key-1",
                null,
                null);

        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Unknown.class, unknown -> assertThat(unknown.cause())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than"));
    }

    @Test
    void aQueryThatIsAnsweredWithoutEndIsRepeated() {
        QueryAnswer answer = client.query("video_1");

        assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
        client.query("video_1");

        assertThat(written.get(20, TimeUnit.SECONDS)).isLessThan(FAR_TOO_MUCH);
    }

    private void answerWithoutEnd(Socket socket) throws IOException {
        RawServer.readRequest(socket);
        RawServer.write(
                socket, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long count = 0;
        try {
            for (; count < FAR_TOO_MUCH; count += chunk.length) {
                out.write(chunk);
            }
        } finally {
            written.complete(count);
        }
    }
}
