package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.RawServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call, one POST, one host, whatever the answer invites to and whatever a user's client would do. */
class PlainClientTest extends HttpTest {
    private static final RawServer.Conversation ONE_ANSWER_A_CONNECTION = socket -> {
        if (RawServer.readRequest(socket) != null) {
            RawServer.write(socket, RawServer.ok("{\"id\": \"video_1\", \"status\": \"queued\"}"));
            // What comes after a while of silence meets a server that is just closing.
            socket.getInputStream().read();
        }
    };

    @ParameterizedTest
    @CsvSource({
        "401, 'WWW-Authenticate: Basic realm=\"toapis\"'",
        "401, 'WWW-Authenticate: Digest realm=\"toapis\", nonce=\"1\", qop=\"auth\"'",
        "407, 'Proxy-Authenticate: Basic realm=\"toapis\"'",
        "429, 'Retry-After: 0'",
        "503, 'Retry-After: 0'",
        "408, 'Connection: close'",
        "421, 'Connection: close'",
        "425, 'Retry-After: 0'",
        "500, 'Retry-After: 0'",
        "502, 'Retry-After: 0'",
        "504, 'Retry-After: 0'",
    })
    void noAnswerMakesASecondPost(int status, String header) {
        simulator.on(Call.SUBMIT).answer(status, "{}", header);

        submit(client(simulator.baseUrl(), submits(PATIENT, PlainClientTest::withCredentials)));

        assertThat(simulator.books().submitsReceived()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        simulator
                .on(Call.SUBMIT)
                .answer(status, "", "Location: " + simulator.baseUrl() + "/v1/videos/video_source/remix?again");

        submit(client());

        assertThat(simulator.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsUnknown(int status) {
        simulator.on(Call.SUBMIT).answer(status, "", "Location: " + simulator.baseUrl() + "/v1/balance");

        SubmitAnswer answer = submit(client());

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aQueryIsNotRedirectedToAnotherHost(int status) {
        simulator.on(Call.STATUS).answer(status, "", "Location: " + simulator.fileBaseUrl() + "/videos/x/0.mp4");

        client().query("video_source");

        assertThat(simulator.books().fileCalls()).isZero();
    }

    @Test
    void aCookieIsNotSentBack() {
        simulator.on(Call.STATUS).times(1).answer(200, "{\"id\": \"video_source\"}", "Set-Cookie: session=1; Path=/");
        ToApisClient client = client();

        client.query("video_source");
        client.query("video_source");

        assertThat(simulator.requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("Cookie"))
                .isEmpty());
    }

    @Test
    void aUsersCredentialsAreNeverOfferedInPlaceOfTheKey() {
        simulator.on(Call.SUBMIT).answer(401, "{}", "WWW-Authenticate: Basic realm=\"toapis\"");
        ToApisClient client = client(simulator.baseUrl(), submits(PATIENT, PlainClientTest::withCredentials));

        submit(client, "key-1");
        submit(client, "key-2");

        assertThat(simulator.requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("Authorization"))
                .hasValue("Bearer " + simulator.apiKey()));
    }

    @Test
    void eachSubmitHasAConnectionOfItsOwn() {
        ToApisClient client = client();

        IntStream.range(0, 5).forEach(i -> submit(client, "key-" + i));

        assertThat(simulator.books().connectionsOpened()).isEqualTo(5);
    }

    @Test
    void queriesShareAConnection() {
        ToApisClient client = client();

        IntStream.range(0, 5).forEach(i -> client.query("video_source"));

        assertThat(simulator.books().connectionsOpened()).isEqualTo(1);
    }

    @Test
    void aServerThatClosesIdleConnectionsLosesNoSubmit() throws IOException {
        try (RawServer server = RawServer.start(ONE_ANSWER_A_CONNECTION)) {
            ToApisClient client = client(server.address("http"));

            assertThat(IntStream.range(0, 10).mapToObj(i -> submit(client, "key-" + i)))
                    .allMatch(SubmitAnswer.Accepted.class::isInstance);
        }
    }

    @Test
    void onAKeptConnectionTheSameServerWouldLoseEachSecondSubmit() throws IOException {
        try (RawServer server = RawServer.start(ONE_ANSWER_A_CONNECTION)) {
            HttpClient reusing = plain(10, PATIENT, builder -> {});
            ToApisClient client = client(server.address("http"), reusing);

            assertThat(submit(client, "key-1")).isInstanceOf(SubmitAnswer.Accepted.class);
            assertThat(submit(client, "key-2")).isInstanceOf(SubmitAnswer.Unknown.class);
        }
    }

    @Test
    void aProxyIsGivenTheCredentialsThatItAsksForBeforeATunnel() throws IOException {
        List<String> heads = new CopyOnWriteArrayList<>();
        RawServer.Conversation proxy = socket -> {
            heads.add(RawServer.readRequest(socket));
            RawServer.write(
                    socket, "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        };

        try (RawServer server = RawServer.start(proxy)) {
            submit(client("https://toapis.test", through(server)));
        }

        assertThat(heads).hasSize(2);
        assertThat(heads.get(1)).startsWith("CONNECT toapis.test:443 ").contains("Proxy-Authorization: Basic ");
    }

    @Test
    void aProxyNeverSeesTheKey() throws IOException {
        List<String> heads = new CopyOnWriteArrayList<>();

        try (RawServer server = RawServer.start(socket -> heads.add(RawServer.readRequest(socket)))) {
            submit(client("https://toapis.test", through(server)));
        }

        assertThat(heads).hasSize(1).allSatisfy(head -> assertThat(head).doesNotContain(simulator.apiKey()));
    }

    private HttpClient through(RawServer proxy) {
        return submits(PATIENT, builder -> {
            withCredentials(builder);
            builder.setProxy(proxy.host());
        });
    }

    private static void withCredentials(HttpClientBuilder builder) {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials("user", "password".toCharArray()));
        builder.setDefaultCredentialsProvider(credentials);
    }
}
