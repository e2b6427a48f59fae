package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import io.github.camelsora.support.VideoTasks;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address may die before the video does: the service is asked for another. */
class RenewedAddressTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(100_000, 1);

    @TempDir
    Path videos;

    private String id;
    private String url;

    @BeforeEach
    void startWithAVideo() throws Exception {
        id = toApis.video(VIDEO).addSource();
        url = toApis.task(id).videoUrls().get(0);
        start();
    }

    @Test
    void aDeadAddressIsReplacedByAFreshOne() {
        Exchange out = download(task(url.replaceFirst("signature=.*", "signature=dead"), null));

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(toApis.books().polls(id)).isEqualTo(1);
    }

    @Test
    void bytesReceivedUnderTheDeadAddressAreNotFetchedAgain() {
        toApis.on(Call.FILE).times(1).cutBody();
        toApis.on(Call.FILE).times(1).answer(403, "");

        // The same server under another name stands for another address.
        Exchange out = download(task(url.replace("127.0.0.1", "files.test"), null));

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(toApis.requests(Call.FILE))
                .extracting(request -> request.header("Range").orElse(""))
                .containsExactly("", "bytes=50000-", "bytes=50000-");
        assertThat(lastFileRequest().header("Host"))
                .hasValueSatisfying(host -> assertThat(host).startsWith("127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 498})
    void whateverTheHostCallsADeadAddressAFreshOneIsAskedFor(int status) {
        toApis.on(Call.FILE).times(1).answer(status, "<Error><Code>ExpiredToken</Code></Error>");

        Exchange out = download(task(url.replace("127.0.0.1", "files.test"), null));

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(toApis.books().polls(id)).isEqualTo(1);
        assertThat(toApis.books().fileCalls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!doctype html><title>Link expired</title>", "<Error><Code>ExpiredToken</Code></Error>"})
    void aPageInsteadOfAVideoIsADeadAddressToo(String page) {
        toApis.on(Call.FILE).times(1).answer(200, page, "Content-Type: text/html", "ETag: \"page\"");

        Exchange out = download(task(url.replace("127.0.0.1", "files.test"), null));

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(toApis.requests(Call.FILE))
                .noneMatch(request -> request.header("Range").isPresent());
    }

    @Test
    void theServiceIsAskedOnlyOnceWhenTheTimeOfTheVideoIsOver() {
        toApis.on(Call.FILE).answer(410, "");
        toApis.expire(id);

        Exchange out = download(task(url.replace("127.0.0.1", "files.test"), null));

        assertThat(out.getException()).isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(toApis.books().polls(id)).isEqualTo(1);
        assertThat(toApis.books().fileCalls()).isEqualTo(2);
    }

    @Test
    void theSameAddressIsNotTriedAgainWhenTheTimeOfTheVideoIsOver() {
        toApis.on(Call.FILE).answer(404, "");
        toApis.expire(id);

        Exchange out = download(task(url, null));

        assertThat(out.getException()).isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(toApis.books().fileCalls()).isEqualTo(1);
    }

    @Test
    void aFreshAddressHasItsOwnTime() {
        toApis.on(Call.FILE).times(1).answer(403, "");
        toApis.on(Call.FILE).times(1).cutBody();

        Exchange out = download(task(url.replace("127.0.0.1", "files.test"), Instant.now()));

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
    }

    private Exchange download(VideoTask task) {
        return send("sora:download?directory=" + videos, task);
    }

    private ReceivedRequest lastFileRequest() {
        List<ReceivedRequest> all = toApis.requests(Call.FILE);
        return all.get(all.size() - 1);
    }

    private VideoTask task(String address, Instant expiresAt) {
        return VideoTasks.completed(id, null, address, expiresAt);
    }
}
