package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.support.TaskTestSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client over real HTTP, made plain as the component makes it, and a simulator to speak to. */
abstract class HttpTest {
    /** Longer than anything takes here, so that a test that reaches it has failed and is not flaky. */
    static final Timeout PATIENT = Timeout.ofSeconds(30);

    static final Timeout SHORT = Timeout.ofMilliseconds(300);

    private static final String SOURCE = "video_source";

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    private final List<CloseableHttpClient> open = new ArrayList<>();

    ToApisSimulator simulator;

    @BeforeEach
    void prepare(ToApisSimulator running) {
        simulator = running;
        simulator.addSource(SOURCE);
    }

    @AfterEach
    void closeClients() throws IOException {
        for (CloseableHttpClient client : open) {
            client.close();
        }
    }

    /** A client that speaks to the simulator. */
    ToApisClient client() {
        return client(simulator.baseUrl());
    }

    /** A client that speaks to a base, with the simulator's key. */
    ToApisClient client(String base) {
        return client(base, PATIENT);
    }

    ToApisClient client(String base, Timeout timeout) {
        return client(base, submits(timeout, builder -> {}));
    }

    ToApisClient client(String base, HttpClient submits) {
        return new ToApisClient(
                BaseUrl.parse(base), ApiKey.fixed(simulator.apiKey()), TaskTestSupport.SILENT, submits, queries());
    }

    /** What sends submits: a fresh connection each. */
    HttpClient submits(Timeout timeout, Consumer<HttpClientBuilder> user) {
        return plain(10, timeout, user.andThen(PlainClient::neverReuseConnections));
    }

    /** What sends questions: connections are kept. */
    HttpClient queries() {
        return plain(10, PATIENT, builder -> {});
    }

    /** What a user has set comes first, as in the component, so that nothing of it survives {@link PlainClient}. */
    HttpClient plain(int connections, Timeout timeout, Consumer<HttpClientBuilder> user) {
        PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build());
        user.accept(builder);
        PlainClient.configure(builder);
        CloseableHttpClient client = builder.build();
        open.add(client);
        return client;
    }

    /** Submits a remix of a source that the simulator has. */
    static SubmitAnswer submit(ToApisClient client) {
        return submit(client, "key-1");
    }

    static SubmitAnswer submit(ToApisClient client, String key) {
        return client.submit(puppyIn(SOURCE), key, key, null, null);
    }

    static SubmitRequest puppyIn(String videoId) {
        return SubmitRequest.of(
                SubmitOperation.REMIX, RemixRequest.of(videoId, "Add a puppy").withModel("sora-2"));
    }

    /** All that an answer tells to people, its exceptions included. */
    static String words(SubmitAnswer answer) {
        return answer instanceof SubmitAnswer.Rejected rejected
                ? rejected.reason().getMessage()
                : answer.toString();
    }
}
