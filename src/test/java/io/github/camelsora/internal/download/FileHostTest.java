package io.github.camelsora.internal.download;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.internal.toapis.PlainClient;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.HttpClient;
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

    static final byte[] VIDEO = VideoFiles.mp4(1_000_000, 1);

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

    static CloseableHttpClient client(Consumer<HttpClientBuilder> purpose) {
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
        return store(client, address, target());
    }

    /** One try, because there is no time for another. */
    static DownloadedFile store(HttpClient client, String address, FileTarget target) throws IOException {
        try (Download download =
                new Download(client, rules(Duration.ofMinutes(1)), FileKind.VIDEO, "video_1/0", target)) {
            return download.attempt(address, Instant.EPOCH).orElseThrow();
        }
    }

    static DownloadRules rules(Duration timeout) {
        return rules(timeout, FileExist.Override);
    }

    static DownloadRules rules(Duration timeout, FileExist fileExist) {
        return new DownloadRules(true, List.of(), 1L << 31, 0, timeout, fileExist, false);
    }

    /** What lies in the directory, without what is hidden. */
    List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    FileTarget target() {
        return FileTarget.of(directory.toString(), "video.mp4", "video_1");
    }
}
