package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.RawServer;
import io.github.camelsora.support.SelfSigned;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.RequestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 1, NOT_SENT: what is certain never to have reached the service, made to happen on real sockets. */
class NotSentTest extends HttpTest {

    @Test
    void anUnknownHostHasSentNothing() {
        SubmitAnswer answer = submit(client("http://nowhere.invalid"));

        assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
    }

    @Test
    void aRefusedConnectionHasSentNothing() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        SubmitAnswer answer = submit(client("http://127.0.0.1:" + port));

        assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
    }

    @Test
    void tlsToAPlainPortHasSentNothing() {
        SubmitAnswer answer = submit(client(simulator.baseUrl().replace("http:", "https:")));

        assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
    }

    @Test
    void aHandshakeThatIsCutHasSentNothing() throws IOException {
        try (RawServer server =
                RawServer.start(socket -> socket.getInputStream().read())) {
            SubmitAnswer answer = submit(client(server.address("https")));

            assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
        }
    }

    @Test
    void aHandshakeThatIsNeverAnsweredHasSentNothing() throws IOException {
        try (RawServer server =
                RawServer.start(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            SubmitAnswer answer = submit(client(server.address("https"), SHORT));

            assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
        }
    }

    @Test
    void aServerWithoutATrustedCertificateGetsNothing() throws Exception {
        try (ToApisSimulator impostor =
                ToApisSimulator.builder().tls(SelfSigned.context()).start()) {
            SubmitAnswer answer = submit(client(impostor.baseUrl()));

            assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
            assertThat(impostor.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"302 Moved", "403 Forbidden", "407 Who?", "502 Bad Gateway"})
    void aTunnelThatAProxyRejectsHasSentNothing(String refusal) throws IOException {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n")) {
            SubmitAnswer answer =
                    submit(client("https://toapis.test", submits(PATIENT, builder -> builder.setProxy(proxy.host()))));

            assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
        }
    }

    @Test
    void anExhaustedPoolHasSentNothing() throws Exception {
        Hold hold = simulator.on(Call.SUBMIT).times(1).hold();
        HttpClient narrow = plain(1, SHORT, builder -> {
            PlainClient.neverReuseConnections(builder);
            builder.setDefaultRequestConfig(RequestConfig.custom()
                    .setConnectionRequestTimeout(SHORT)
                    .setResponseTimeout(PATIENT)
                    .build());
        });
        ToApisClient client = client(simulator.baseUrl(), narrow);
        CompletableFuture<SubmitAnswer> first = CompletableFuture.supplyAsync(() -> submit(client, "key-1"));
        hold.awaitReached(Duration.ofSeconds(30));

        SubmitAnswer second = submit(client, "key-2");

        assertThat(second).isInstanceOf(SubmitAnswer.NotAccepted.class);
        hold.release();
        first.get(30, TimeUnit.SECONDS);
        assertThat(simulator.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aConnectionThatWasNeverMadeIsNotTheSameAsTooMany() {
        SubmitAnswer answer = submit(client("http://nowhere.invalid"));

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.NotAccepted.class))
                .extracting(SubmitAnswer.NotAccepted::kind)
                .isEqualTo(SubmitAnswer.NotAccepted.Kind.NO_CONNECTION);
    }

    @Test
    void aSubmitThatWasNotSentHasItsCause() {
        SubmitAnswer answer = submit(client("http://nowhere.invalid"));

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.NotAccepted.class))
                .satisfies(notSent -> assertThat(notSent.reason()).contains("nowhere.invalid"))
                .extracting(SubmitAnswer.NotAccepted::cause)
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMIT_EXCEEDED", "RATE_LIMIT_UNAVAILABLE"})
    void theLimitersRejectionIsNotSent(ApiError error) {
        simulator.on(Call.SUBMIT).refuse(error);

        SubmitAnswer answer = submit(client());

        assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
    }
}
