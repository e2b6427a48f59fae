package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.SelfSigned;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsTest {

    @Test
    void bothHostsSpeakHttpsIfConfigured() throws Exception {
        SSLContext tls = SelfSigned.context();
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();

        try (ToApisSimulator simulator = ToApisSimulator.builder().tls(tls).start()) {
            String file = simulator.task(simulator.addSource()).videoUrls().get(0);

            assertThat(simulator.baseUrl()).startsWith("https://127.0.0.1:");
            assertThat(get(client, simulator.baseUrl() + "/v1/balance")).isEqualTo(401);
            assertThat(file).startsWith("https://127.0.0.1:");
            assertThat(get(client, file)).isEqualTo(200);
        }
    }

    private static int get(HttpClient client, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
