package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.RawServer;
import java.io.IOException;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 1, UNKNOWN: what may have been accepted and paid for, made to happen on real sockets. */
class LostAnswerTest extends HttpTest {

    @Test
    void aCutBeforeTheAnswerIsUnknown() {
        simulator.on(Call.SUBMIT).cut();

        SubmitAnswer answer = submit(client());

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void aCutAfterTheRemixWasPaidForIsUnknown() {
        simulator.on(Call.SUBMIT).afterProcessing().cut();

        SubmitAnswer answer = submit(client());

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void aCutInsideTheBodyIsUnknown() {
        simulator.on(Call.SUBMIT).cutBody();

        SubmitAnswer answer = submit(client());

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsUnknown() {
        simulator.on(Call.SUBMIT).afterProcessing().hold();

        SubmitAnswer answer = submit(client(simulator.baseUrl(), SHORT));

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void aLostAnswerIsNotAskedForASecondTime() {
        simulator.on(Call.SUBMIT).times(1).afterProcessing().cut();

        submit(client());

        assertThat(simulator.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aResetConnectionIsUnknown() throws IOException {
        RawServer.Conversation reset = socket -> {
            RawServer.readRequest(socket);
            socket.setSoLinger(true, 0);
        };

        assertThat(submitTo(reset)).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void aConnectionThatIsResetBeforeTheRequestWasReadIsUnknown() throws IOException {
        RawServer.Conversation reset = socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        };

        assertThat(submitTo(reset)).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Type: appl",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\": \"video_1\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n{\"id\": \"video_1\"}\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 17\r\n\r\n{\"id\": \"video_1\"}",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\r\n",
                "220 mail.test ESMTP\r\n",
            })
    void anAnswerThatIsNotWholeIsUnknown(String bytes) throws IOException {
        try (RawServer server = RawServer.answering(bytes)) {
            SubmitAnswer answer = submit(client(server.address("http")));

            assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
        }
    }

    @Test
    void aFailureOfAClientThatIsNotPlainIsUnknown() {
        HttpClient stranger = HttpClients.createMinimal();

        SubmitAnswer answer = submit(client("http://nowhere.invalid", stranger));

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void aLostAnswerHasItsCause() {
        simulator.on(Call.SUBMIT).cut();

        SubmitAnswer answer = submit(client());

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.Unknown.class))
                .extracting(SubmitAnswer.Unknown::cause)
                .isInstanceOf(IOException.class);
    }

    private SubmitAnswer submitTo(RawServer.Conversation conversation) throws IOException {
        try (RawServer server = RawServer.start(conversation)) {
            return submit(client(server.address("http")));
        }
    }
}
