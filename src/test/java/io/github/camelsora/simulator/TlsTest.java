package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test
    void bothHostsSpeakHttpsIfConfigured(@TempDir Path directory) throws Exception {
        SSLContext tls = selfSigned(directory.resolve("keys.p12"));
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

    private static SSLContext selfSigned(Path file) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments = "-genkeypair -alias simulator -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1 "
                + "-validity 2 -storetype PKCS12 -storepass changeit -keystore";
        ProcessBuilder builder = new ProcessBuilder(keytool);
        builder.command().addAll(List.of(arguments.split(" ")));
        builder.command().add(file.toString());
        assertThat(builder.start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return tls;
    }
}
