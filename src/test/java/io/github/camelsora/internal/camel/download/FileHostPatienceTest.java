package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import io.github.camelsora.support.VideoTasks;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that does not have a video yet is asked again; only one that says so for long, or after its time, has lost it. */
class FileHostPatienceTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(100_000, 1);
    private static final String HTML = "<!doctype html><title>Link expired</title>";

    @TempDir
    Path videos;

    private final SimulatorClock clock = SimulatorClock.real();
    private String id;
    private String url;

    @BeforeEach
    void startWithAVideo() throws Exception {
        id = toApis.video(VIDEO).addSource();
        url = toApis.task(id).videoUrls().get(0);
        sora().setLedger(new MemoryTaskLedger(clock, 1_000));
        start();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void aHostThatNeedsAMomentIsAskedAgain(int status) throws Exception {
        toApis.on(Call.FILE).times(2).answer(status, "nope", "Content-Type: text/html");

        CompletableFuture<Exchange> download = download(task(url, tomorrow()));
        hastenUntil(download, Duration.ofSeconds(5));

        assertStored(download);
        assertThat(toApis.books().fileCalls()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {HTML, "<Error><Code>ExpiredToken</Code></Error>", "{\"error\": \"not yet\"}"})
    void aPageInsteadOfAVideoMayMeanThatTheHostNeedsAMoment(String page) throws Exception {
        toApis.on(Call.FILE).times(2).answer(200, page, "Content-Type: text/html", "ETag: \"page\"");

        CompletableFuture<Exchange> download = download(task(url, tomorrow()));
        hastenUntil(download, Duration.ofSeconds(5));

        assertStored(download);
        assertThat(toApis.requests(Call.FILE))
                .noneMatch(request -> request.header("Range").isPresent());
    }

    @Test
    void anAddressThatTheServiceGivesLaterIsUsed() throws Exception {
        // The same server under another name stands for another address.
        toApis.on(Call.FILE)
                .when(request -> request.header("Host").orElseThrow().startsWith("files.test"))
                .answer(404, "");
        toApis.on(Call.STATUS).times(1).answer(500, "{}");

        CompletableFuture<Exchange> download = download(task(url.replace("127.0.0.1", "files.test"), tomorrow()));
        hastenUntil(download, Duration.ofSeconds(30));

        assertStored(download);
        assertThat(toApis.books().polls(id)).isEqualTo(2);
    }

    @Test
    void theServiceIsAskedForAFreshAddressOnceInHalfAMinute() throws Exception {
        toApis.on(Call.FILE).times(4).answer(404, "");

        CompletableFuture<Exchange> download = download(task(url, tomorrow()));
        hastenUntil(download, Duration.ofSeconds(16));

        assertStored(download);
        assertThat(toApis.books().polls(id)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aHostThatSaysForLongThatAVideoIsNotThereHasLostIt(int status) throws Exception {
        toApis.on(Call.FILE).answer(status, "");

        SoraException lost = failureInTheEnd(task(url, tomorrow()));

        assertThat(lost)
                .isExactlyInstanceOf(ResultExpiredException.class)
                .hasMessageContainingAll("HTTP " + status, "10 minutes");
        assertThat(clock.instant()).isAfter(Instant.now().plus(FileHostFailures.PATIENCE.minusMinutes(1)));
    }

    @Test
    void aHostThatDeniesAccessForLongHasNotLostTheVideo() throws Exception {
        toApis.on(Call.FILE).answer(403, "");

        SoraException failed = failureInTheEnd(task(url, tomorrow()));

        assertThat(failed).isExactlyInstanceOf(DownloadFailedException.class).hasMessageContaining("HTTP 403");
    }

    @ParameterizedTest
    @CsvSource({"<html>, an HTML page", "<Error/>, an XML document"})
    void aPageForLongIsCalledByItsName(String page, String name) throws Exception {
        toApis.on(Call.FILE).answer(200, page);

        SoraException failed = failureInTheEnd(task(url, tomorrow()));

        assertThat(failed).isExactlyInstanceOf(DownloadFailedException.class).hasMessageContaining(name);
        assertThat(videos).isEmptyDirectory();
    }

    @Test
    void aServiceThatCannotBeAskedLeavesItOpenWhetherTheVideoIsLost() throws Exception {
        toApis.on(Call.FILE).answer(404, "");
        toApis.on(Call.STATUS).answer(500, "{}");

        SoraException failed = failureInTheEnd(task(url, tomorrow()));

        assertThat(failed).isExactlyInstanceOf(DownloadFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 498})
    void aVideoWhoseTimeIsOverIsLostAtOnce(int status) {
        toApis.on(Call.FILE).answer(status, "");
        toApis.on(Call.STATUS).answer(500, "{}");

        Exchange out = send(
                "sora:download?directory=" + videos, task(url, Instant.now().minusSeconds(1)));

        assertThat(out.getException()).isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(toApis.books().fileCalls()).isEqualTo(1);
    }

    @Test
    void aVideoWhoseTimeIsOverIsLostAlsoIfItsHostIsFailing() {
        toApis.on(Call.FILE).answer(500, "");

        Exchange out = send(
                "sora:download?directory=" + videos, task(url, Instant.now().minusSeconds(1)));

        assertThat(out.getException())
                .isExactlyInstanceOf(ResultExpiredException.class)
                .hasMessageContaining("HTTP 500");
    }

    @Test
    void aLimitOfOursDoesNotMeanThatTheVideoIsLost() {
        Exchange out = send(
                "sora:download?maxFileSize=10&directory=" + videos,
                task(url, Instant.now().minusSeconds(1)));

        assertThat(out.getException())
                .isExactlyInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("maxFileSize");
    }

    @Test
    void patienceEndsWithDownloadTimeoutAndTheVideoIsNotLost() {
        toApis.on(Call.FILE).answer(404, "");

        Exchange out = send("sora:download?downloadTimeout=1s&directory=" + videos, task(url, tomorrow()));

        assertThat(out.getException())
                .isExactlyInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("download it again");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void anAddressAtBaseUrlThatNeedsTheKeyIsExplainedInOneSentence(int status) {
        String address = toApis.baseUrl() + "/v1/videos/" + id + "/content?sig=1";
        String answer = "{\"id\": \"" + id + "\", \"status\": \"completed\", \"video_url\": \"" + address + "\"}";
        toApis.on(Call.STATUS).answer(200, answer);
        toApis.on(Call.ANY).when(request -> request.path().endsWith("/content")).answer(status, "{}");

        Exchange out = send("sora:download?downloadTimeout=1s&directory=" + videos, null, "CamelSoraTaskId", id);

        SoraException failed = out.getException(SoraException.class);
        assertThat(failed)
                .isExactlyInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("is at baseUrl and needs the API key")
                .hasMessageNotContaining("download it again")
                .hasMessageNotContaining("sig");
        assertThat(failed.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(toApis.requests())
                .filteredOn(request -> request.path().endsWith("/content"))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void anAddressAtBaseUrlThatAnswers401IsNotAskedAgain() {
        String address = toApis.baseUrl() + "/v1/videos/" + id + "/content";
        String answer = "{\"id\": \"" + id + "\", \"status\": \"completed\", \"video_url\": \"" + address + "\"}";
        toApis.on(Call.STATUS).answer(200, answer);
        toApis.on(Call.ANY).when(request -> request.path().endsWith("/content")).answer(401, "{}");

        Exchange out = send("sora:download?downloadTimeout=30s&directory=" + videos, task(address, tomorrow()));

        assertThat(out.getException()).hasMessageContaining("is at baseUrl and needs the API key");
        assertThat(toApis.requests())
                .filteredOn(request -> request.path().endsWith("/content"))
                .hasSize(1);
    }

    private static Instant tomorrow() {
        return Instant.now().plus(Duration.ofHours(23));
    }

    private SoraException failureInTheEnd(VideoTask task) throws Exception {
        CompletableFuture<Exchange> download = download(task);
        hastenUntil(download, Duration.ofSeconds(200));
        return download.get(20, TimeUnit.SECONDS).getException(SoraException.class);
    }

    private CompletableFuture<Exchange> download(VideoTask task) {
        return camel.createProducerTemplate()
                .asyncSend("sora:download?directory=" + videos, exchange -> exchange.getMessage()
                        .setBody(task));
    }

    /** Moves the clock once for each try that has failed. */
    private void hastenUntil(CompletableFuture<Exchange> download, Duration step) {
        AtomicLong tries = new AtomicLong();
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            long calls = toApis.books().fileCalls();
            if (calls > tries.get() && shared().runtime().downloads().waiting() > 0) {
                tries.set(calls);
                advance(clock, step);
            }
            return download.isDone();
        });
    }

    private void assertStored(CompletableFuture<Exchange> download) throws Exception {
        Exchange out = download.get(20, TimeUnit.SECONDS);
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(videos.toFile().list()).containsExactly(id + ".mp4");
    }

    private VideoTask task(String address, Instant expiresAt) {
        return VideoTasks.completed(id, null, address, expiresAt);
    }
}
