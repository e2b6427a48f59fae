package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest extends SimulatorTest {

    private static final String AUTHORIZED = "Host: x\r\nAuthorization: Bearer sk-simulator\r\n";
    private static final String LAST = AUTHORIZED + "Connection: close\r\n";

    @Test
    void aChunkedBodyIsReadCompletely() throws Exception {
        simulator().addSource("s");

        String answer = talk("POST /v1/videos/s/remix HTTP/1.1\r\n" + LAST
                + "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"prompt\r\n5;x=y\r\n\":\"x\"\r\n1\r\n}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(simulator().requests(Call.SUBMIT).get(0).body()).isEqualTo("{\"prompt\":\"x\"}");
    }

    @Test
    void aClientThatExpects100ContinueGetsIt() throws Exception {
        String answer = talk(
                "POST /v1/videos/s/remix HTTP/1.1\r\n" + LAST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400");
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInOrder() throws Exception {
        String answer =
                talk("GET /v1/balance HTTP/1.1\r\n" + AUTHORIZED + "\r\n" + "GET /v1/v1 HTTP/1.1\r\n" + LAST + "\r\n");

        assertThat(answer).containsSubsequence("HTTP/1.1 200", "remain_credits", "HTTP/1.1 404", "Connection: close");
        assertThat(simulator().books().connectionsOpened()).isEqualTo(1);
    }

    @Test
    void anAbsoluteRequestTargetIsUnderstood() throws Exception {
        String answer = talk("GET http://toapis.com/v1/balance?x HTTP/1.1\r\n" + LAST + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(simulator().requests().get(0).path()).isEqualTo("/v1/balance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET /v1/balance SPDY/3\r\n\r\n",
                "GET /v1/balance HTTP/1.1\r\nno colon\r\n\r\n",
                "POST /v1/videos/s/remix HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "POST /v1/videos/s/remix HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
                "POST /v1/videos/s/remix HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /v1/videos/generations/%zz HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET v1 HTTP/1.1\r\nConnection: close\r\n\r\n"
            })
    void bytesThatAreNotHttpGet400(String request) throws Exception {
        assertThat(talk(request)).startsWith("HTTP/1.1 400");
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        simulator().on(Call.OTHER).answer(200, "{}");

        assertThat(talk("HEAD /v1/balance HTTP/1.1\r\n" + LAST + "\r\n"))
                .contains("Content-Length: 2\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aCutConnectionGetsNoByte() throws Exception {
        simulator().on(Call.BALANCE).times(1).cut();
        simulator().on(Call.BALANCE).times(1).afterProcessing().cut();

        String request = "GET /v1/balance HTTP/1.1\r\n" + AUTHORIZED + "\r\n";

        assertThat(talk(request)).isEmpty();
        assertThat(talk(request)).isEmpty();
    }

    @Test
    void aCutBodyHasItsFullLengthInTheHeaders() throws Exception {
        simulator().on(Call.BALANCE).times(1).cutBody();
        String request = "GET /v1/balance HTTP/1.1\r\n" + AUTHORIZED + "Connection: close\r\n\r\n";

        String cut = talk(request);
        String whole = talk(request);

        int body = whole.length() - whole.indexOf("\r\n\r\n") - 4;
        assertThat(whole).startsWith(cut).hasSize(cut.length() + body - body / 2);
        assertThat(cut).contains("Content-Length: " + body + "\r\n");
    }

    @Test
    void aSubmitCutByItsClientIsNotReceived() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("POST /v1/videos/s/remix HTTP/1.1\r\n" + AUTHORIZED + "Content-Length: 9\r\n\r\n{")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(simulator().books().submitsReceived()).isZero();
    }

    @Test
    void anIdleConnectionIsClosedWithoutAnAnswer() throws Exception {
        try (ToApisSimulator impatient =
                ToApisSimulator.builder().idleTimeout(Duration.ofMillis(20)).start()) {
            try (Socket socket = connect(impatient)) {
                socket.getOutputStream()
                        .write(("GET /v1/balance HTTP/1.1\r\n" + AUTHORIZED + "\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));

                String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

                assertThat(all).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
            }
        }
    }

    @Test
    void theErrorOfAPortInUseNamesThePort() {
        int port = URI.create(simulator().baseUrl()).getPort();

        assertThatThrownBy(() -> ToApisSimulator.builder().port(port).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on port " + port);
    }

    @Test
    void aClosedSimulatorDoesNotListen() {
        simulator().close();

        assertThatThrownBy(() -> get("/v1/balance")).isInstanceOf(IOException.class);
    }

    private Socket connect() throws IOException {
        return connect(simulator());
    }

    private static Socket connect(ToApisSimulator simulator) throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(simulator.baseUrl()).getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    private String talk(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
