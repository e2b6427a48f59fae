package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.support.Nginx;
import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server that many file hosts are. Skipped where nginx is not installed. */
class NginxTest {
    private static final byte[] VIDEO = VideoFiles.mp4(1_000_000, 1);

    @TempDir
    Path server;

    @TempDir
    Path directory;

    private final CloseableHttpClient client = FileHostTest.client(builder -> {});
    private Nginx nginx;

    @BeforeEach
    void serveAVideo() throws IOException {
        assumeTrue(Nginx.program().isPresent(), "nginx is not installed: apt-get install nginx-light");
        nginx = Nginx.start(server);
        serve(VIDEO, Instant.now().minusSeconds(3_600));
    }

    private void serve(byte[] video, Instant modified) throws IOException {
        Files.write(nginx.file("video.mp4"), video);
        Files.setLastModifiedTime(nginx.file("video.mp4"), FileTime.from(modified));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void aVideoIsStoredAsItIs() throws IOException {
        assertThat(download()
                        .attempt(nginx.url("/video.mp4"), null)
                        .orElseThrow()
                        .path())
                .hasBinaryContent(VIDEO);
        assertThat(nginx.log()).containsExactly("/video.mp4 200 - " + VIDEO.length);
    }

    @Test
    void whatHasComeIsNotFetchedAgain() throws IOException {
        long came = breakOff("/slow/video.mp4");

        assertThat(store("/video.mp4")).hasBinaryContent(VIDEO);
        assertThat(lastOfLog()).isEqualTo("/video.mp4 206 bytes=" + came + "- " + (VIDEO.length - came));
    }

    @Test
    void aDateDoesWhereThereIsNoTag() throws IOException {
        long came = breakOff("/slow-dated/video.mp4");

        assertThat(store("/dated/video.mp4")).hasBinaryContent(VIDEO);
        assertThat(lastOfLog()).isEqualTo("/dated/video.mp4 206 bytes=" + came + "- " + (VIDEO.length - came));
    }

    @Test
    void aVideoThatHasChangedStartsOver() throws IOException {
        long came = breakOff("/slow/video.mp4");
        byte[] changed = VideoFiles.mp4(VIDEO.length, 2);
        serve(changed, Instant.now());

        assertThat(store("/video.mp4")).hasBinaryContent(changed);
        assertThat(lastOfLog()).isEqualTo("/video.mp4 200 bytes=" + came + "- " + VIDEO.length);
    }

    @Test
    void aServerThatKnowsNoRangesSendsItAll() throws IOException {
        long came = breakOff("/slow/video.mp4");

        assertThat(store("/whole/video.mp4")).hasBinaryContent(VIDEO);
        assertThat(lastOfLog()).isEqualTo("/whole/video.mp4 200 bytes=" + came + "- " + VIDEO.length);
    }

    @Test
    void whatIsAllThereIsOnlyConfirmed() throws Exception {
        Path part = directory.resolve(".sora-" + PartFolder.nameOf("video_1/0") + "-0123456789abcdef.part");
        Files.write(part, VIDEO);
        new PartState(tag(), VIDEO.length, "video/mp4")
                .write(part.resolveSibling(part.getFileName().toString().replace(".part", ".state")));

        assertThat(store("/video.mp4")).hasBinaryContent(VIDEO);
        assertThat(lastOfLog()).startsWith("/video.mp4 416 bytes=" + VIDEO.length + "- ");
    }

    @Test
    void aServerThatDiesInTheMiddleIsAskedForTheRestWhenItIsBack() throws Exception {
        Download download = download();
        CompletableFuture<Optional<DownloadedFile>> first =
                CompletableFuture.supplyAsync(() -> attempt(download, "/slow/video.mp4"));
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> partSize() >= 100_000);
        nginx.kill();
        assertThat(first.get(20, TimeUnit.SECONDS)).isEmpty();
        long came = partSize();
        nginx.start();

        assertThat(attempt(download, "/video.mp4").orElseThrow().path()).hasBinaryContent(VIDEO);
        assertThat(lastOfLog()).isEqualTo("/video.mp4 206 bytes=" + came + "- " + (VIDEO.length - came));
    }

    @Test
    void aRedirectIsFollowedAndARejectionIsReported() throws IOException {
        assertThat(store("/moved/x")).hasBinaryContent(VIDEO);
        assertThatExceptionOfType(FileUnavailableException.class)
                .isThrownBy(() -> download().attempt(nginx.url("/denied/x"), null));
        assertThatExceptionOfType(FileUnavailableException.class)
                .isThrownBy(() -> download().attempt(nginx.url("/nowhere.mp4"), null));
    }

    /** Has a download break off for lack of time, and answers how much has come. */
    private long breakOff(String path) throws IOException {
        DownloadRules hasty = FileHostTest.rules(Duration.ofMillis(300));
        try (Download download = download(hasty)) {
            catchThrowable(() -> download.attempt(nginx.url(path), null));
        }
        assertThat(partSize()).isBetween(50_000L, (long) VIDEO.length - 1);
        return partSize();
    }

    private Path store(String path) {
        return attempt(download(), path).orElseThrow().path();
    }

    private Optional<DownloadedFile> attempt(Download download, String path) {
        try {
            return download.attempt(nginx.url(path), null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Download download() {
        return download(FileHostTest.rules(Duration.ofMinutes(5)));
    }

    private Download download(DownloadRules rules) {
        FileTarget target = FileTarget.of(directory.toString(), "video.mp4", "video_1");
        return new Download(client, rules, FileKind.VIDEO, "video_1/0", target);
    }

    private String tag() throws Exception {
        return client.execute(new HttpHead(nginx.url("/video.mp4")), response -> response.getFirstHeader("ETag")
                .getValue());
    }

    private String lastOfLog() throws IOException {
        return nginx.log().get(nginx.log().size() - 1);
    }

    private long partSize() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
