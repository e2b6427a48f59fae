package io.github.camelsora.download;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.toapis.PlainClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file host with a video on it, and a client made plain as the component makes it. */
abstract class FileHostTest {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    static final byte[] VIDEO = new byte[1_000_000];

    static {
        new Random(1).nextBytes(VIDEO);
    }

    @TempDir
    Path directory;

    ToApisSimulator simulator;
    CloseableHttpClient client;
    String url;

    @BeforeEach
    void prepare(ToApisSimulator running) {
        simulator = running;
        simulator.video(VIDEO);
        client = client(builder -> {});
        url = simulator.task(simulator.addSource()).videoUrls().get(0);
    }

    @AfterEach
    void closeClient() throws IOException {
        client.close();
    }

    private static CloseableHttpClient client(Consumer<HttpClientBuilder> purpose) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        PlainClient.configure(builder);
        builder.disableContentCompression();
        purpose.accept(builder);
        return builder.build();
    }

    static CloseableHttpClient trusting(SSLContext tls) {
        return client(builder -> builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .build()));
    }

    DownloadedFile store(String address) throws IOException {
        return new Download(client).store(address, target());
    }

    FileTarget target() {
        return FileTarget.of(directory.toString(), "video.mp4", "video_1");
    }
}
