package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.format.BrokenFileException;
import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.internal.download.format.UnexpectedPageException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.SelfSigned;
import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done when it does not go as it should. */
class DownloadFailureTest extends FileHostTest {
    private static final byte[] PAGE = "<!doctype html><title>Sorry</title>".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BROKEN = "not a video".getBytes(StandardCharsets.UTF_8);

    @Test
    void theRetryAfterOfAHostIsHonoured() throws IOException {
        simulator.on(Call.FILE).times(1).answer(503, "", "Retry-After: 45");
        simulator
                .on(Call.FILE)
                .times(1)
                .answer(429, "", "Retry-After: " + httpDate(Instant.now().plusSeconds(100)));
        Download download = download(rules(Duration.ofHours(1)));

        assertThat(download.attempt(url, null)).isEmpty();
        assertThat(download.pause()).isEqualTo(Duration.ofSeconds(45));
        assertThat(download.attempt(url, null)).isEmpty();
        assertThat(download.pause()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
        assertThat(download.attempt(url, null)).isPresent();
    }

    @Test
    void aRetryAfterShorterThanTheBackoffChangesNothing() throws IOException {
        simulator.on(Call.FILE).times(1).answer(503, "", "Retry-After: 0");
        Download download = download(rules(Duration.ofHours(1)));

        download.attempt(url, null);

        assertThat(download.pause()).isEqualTo(Duration.ofSeconds(2));
        download.close();
    }

    @Test
    void aRetryAfterBeyondTheTimeoutEndsTheDownload() {
        simulator.on(Call.FILE).answer(503, "", "Retry-After: 600");

        assertThatExceptionOfType(FileHostBusyException.class)
                .isThrownBy(() -> download(rules(Duration.ofMinutes(5))).attempt(url, null));
        assertThatExceptionOfType(FileHostBusyException.class).isThrownBy(() -> download(rules(Duration.ofHours(1)))
                .attempt(url, Instant.now().plusSeconds(300)));
    }

    @Test
    void pausesGrowUntilBytesCome() throws IOException {
        simulator.on(Call.FILE).times(7).answer(500, "");
        simulator.on(Call.FILE).times(1).cutBody();
        simulator.on(Call.FILE).times(1).cut();
        Download download = download(rules(Duration.ofHours(1)));

        List<Long> pauses = new ArrayList<>();
        while (download.attempt(url, null).isEmpty()) {
            pauses.add(download.pause().toSeconds());
        }

        assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 30L, 30L, 30L, 1L, 2L);
    }

    @Test
    void aBrokenFileIsTriedThreeTimesAndRemoved() throws IOException {
        simulator.video(BROKEN);
        Download download = download(rules(Duration.ofHours(1)));

        assertThat(download.attempt(url, null)).isEmpty();
        assertThat(download.attempt(url, null)).isEmpty();
        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> download.attempt(url, null));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aBrokenFileIsKeptWithKeepBroken() throws IOException {
        simulator.video(BROKEN);
        Download download = download(keeping(Duration.ofHours(1)));

        download.attempt(url, null);
        download.attempt(url, null);
        catchThrowable(() -> download.attempt(url, null));

        assertThat(directory.toFile().list()).containsExactly("video.mp4.broken");
        assertThat(directory.resolve("video.mp4.broken")).hasBinaryContent(BROKEN);
    }

    @Test
    void aBrokenFileIsKeptAlsoWhenThereIsNoTimeForAnotherTry() {
        simulator.video(BROKEN);

        catchThrowable(() -> download(keeping(Duration.ofHours(1))).attempt(url, Instant.EPOCH));

        assertThat(directory.toFile().list()).containsExactly("video.mp4.broken");
    }

    @Test
    void aPageIsKeptInTheEndWithKeepBroken() throws IOException {
        simulator.video(PAGE);
        Download download = download(keeping(Duration.ofHours(1)));

        assertThatExceptionOfType(UnexpectedPageException.class).isThrownBy(() -> download.attempt(url, null));
        assertThat(download.isTimeLeft()).isTrue();
        download.close();

        assertThat(directory.toFile().list()).containsExactly("video.mp4.broken");
        assertThat(directory.resolve("video.mp4.broken")).hasBinaryContent(PAGE);
    }

    @Test
    void aPageIsForgottenWhenTheNextTryIsWhole() throws IOException {
        simulator.video(PAGE);
        Download download = download(keeping(Duration.ofHours(1)));
        catchThrowable(() -> download.attempt(url, null));
        simulator.video(VIDEO);

        assertThat(download.attempt(url, null).orElseThrow().path()).hasBinaryContent(VIDEO);
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @Test
    void noDownloadGoesOnFromAPage() throws IOException {
        simulator.video(PAGE);
        catchThrowable(() -> store(url));
        simulator.video(VIDEO);

        assertThat(store(url).path()).hasBinaryContent(VIDEO);
        assertThat(simulator.requests(Call.FILE))
                .noneMatch(request -> request.header("Range").isPresent());
    }

    @Test
    void pausesGrowWhileAHostDoesNotGiveTheFile() throws IOException {
        simulator.on(Call.FILE).times(3).answer(404, "");
        simulator.on(Call.FILE).times(2).answer(200, "<html>");
        Download download = download(rules(Duration.ofHours(1)));

        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            catchThrowable(() -> download.attempt(url, null));
            pauses.add(download.pause().toSeconds());
        }
        download.close();

        assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 30L);
    }

    @Test
    void aBrokenTryIsForgottenWhenTheNextIsWhole() throws IOException {
        simulator.video(BROKEN);
        Download download = download(keeping(Duration.ofHours(1)));
        download.attempt(url, null);
        simulator.video(VIDEO);

        assertThat(download.attempt(url, null).orElseThrow().path()).hasBinaryContent(VIDEO);
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @Test
    void aHostWithAnInvalidCertificateIsNotTriedAgain() throws Exception {
        try (ToApisSimulator secure =
                ToApisSimulator.builder().tls(SelfSigned.context()).start()) {
            String file = secure.task(secure.addSource()).videoUrls().get(0);

            assertThatThrownBy(() -> download(rules(Duration.ofHours(1))).attempt(file, null))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void manyAtOnceEndWithOneWholeFile() throws Exception {
        int many = 8;
        simulator.on(Call.FILE).times(many / 2).cutBody();
        CyclicBarrier start = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<Future<DownloadedFile>> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(threads.submit(() -> {
                Download download = download(rules(Duration.ofHours(1)));
                start.await();
                for (var file = download.attempt(url, null); ; file = download.attempt(url, null)) {
                    if (file.isPresent()) {
                        return file.get();
                    }
                }
            }));
        }

        for (Future<DownloadedFile> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS).length()).isEqualTo(VIDEO.length);
        }
        threads.shutdown();
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
        assertThat(directory.resolve("video.mp4")).hasBinaryContent(VIDEO);
    }

    @Test
    void whatWasPublishedByAJvmThatDiedAMomentLaterIsNotWrittenInto() throws IOException {
        Path video = Files.write(directory.resolve("video.mp4"), VideoFiles.mp4(100, 9));
        // The part has its second name, and not yet lost its first.
        Files.createLink(
                directory.resolve(".sora-" + PartFolder.nameOf("video_1/0") + "-0123456789abcdef.part"), video);

        download(rules(Duration.ofMinutes(1), FileExist.Rename)).attempt(url, null);

        assertThat(video).hasBinaryContent(VideoFiles.mp4(100, 9));
    }

    @Test
    void theSecondDownloadReturnsTheFileThatExists() throws IOException {
        Download second = download(rules(Duration.ofHours(1), FileExist.Ignore));
        simulator.on(Call.FILE).times(1).cutBody();
        second.attempt(url, null);
        byte[] first = Files.readAllBytes(Files.write(directory.resolve("video.mp4"), VideoFiles.mp4(100, 9)));

        DownloadedFile file = second.attempt(url, null).orElseThrow();

        assertThat(file.length()).isEqualTo(first.length);
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @Test
    void aFileThatAppearsDuringADownloadIsNotReplacedUnlessAllowed() throws IOException {
        Download second = download(rules(Duration.ofHours(1), FileExist.Fail));
        simulator.on(Call.FILE).times(1).cutBody();
        second.attempt(url, null);
        Files.write(directory.resolve("video.mp4"), VideoFiles.mp4(100, 9));

        assertThatExceptionOfType(DownloadRejectedException.class).isThrownBy(() -> second.attempt(url, null));

        assertThat(directory.resolve("video.mp4")).hasBinaryContent(VideoFiles.mp4(100, 9));
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: text/html", "Content-Type: video/mp4; x=1", "Content-Type: application/x-evil"})
    void theTypeIsOneOfAVideo(String header) throws IOException {
        simulator.on(Call.FILE).answer(200, new String(VideoFiles.mp4(32, 1), StandardCharsets.US_ASCII), header);

        assertThat(store(url).contentType()).isEqualTo("video/mp4");
    }

    @Test
    void aDateMarksAFileOnlyAfterItsSecondIsOver() {
        assertThat(validator("Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:01 GMT"))
                .isEqualTo("Wed, 21 Oct 2015 07:28:00 GMT");
        assertThat(validator("Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT"))
                .isNull();
        assertThat(validator("Wed, 21 Oct 2015 07:28:00 GMT", null)).isNull();
    }

    private static String validator(String modified, String date) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
        response.setHeader("ETag", "W/\"weak\"");
        response.setHeader("Last-Modified", modified);
        if (date != null) {
            response.setHeader("Date", date);
        }
        return Transfer.validator(response);
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    private static DownloadRules keeping(Duration timeout) {
        return new DownloadRules(true, List.of(), 1L << 31, 0, timeout, FileExist.Override, true);
    }

    private Download download(DownloadRules rules) {
        return new Download(client, rules, FileKind.VIDEO, "video_1/0", target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
                "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
                "EEE MMM ppd HH:mm:ss yyyy",
            })
    void aHostThatNamesADateInAnyFormIsNotAskedBefore(String form) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(form, Locale.ENGLISH);
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(503);
        response.setHeader(
                "Retry-After",
                formatter.format(Instant.now().atOffset(ZoneOffset.UTC).plusDays(2)));

        assertThat(Transfer.retryAfter(response).toHours()).isEqualTo(47);
    }
}
