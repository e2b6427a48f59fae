package io.github.camelsora;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address may die before the video does: the service is asked once for another. */
class FreshAddressTest extends SoraTestSupport {
    private static final byte[] VIDEO = Videos.mp4(100_000, 1);

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
    void whatHasComeUnderTheDeadAddressIsNotFetchedAgain() {
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

    @Test
    void theServiceIsAskedOnlyOnce() {
        toApis.on(Call.FILE).answer(410, "");

        Exchange out = download(task(url.replace("127.0.0.1", "files.test"), null));

        assertThat(out.getException()).isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(toApis.books().polls(id)).isEqualTo(1);
        assertThat(toApis.books().fileCalls()).isEqualTo(2);
    }

    @Test
    void theSameAddressIsNotTriedAgain() {
        toApis.on(Call.FILE).answer(404, "");

        Exchange out = download(task(url, null));

        assertThat(out.getException()).isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(toApis.books().fileCalls()).isEqualTo(1);
    }

    @Test
    void aServiceThatCannotBeAskedLeavesItOpenWhetherTheVideoIsLost() {
        toApis.on(Call.FILE).answer(404, "");
        toApis.on(Call.STATUS).answer(500, "{}");

        Exchange out = download(task(url, null));

        assertThat(out.getException()).isExactlyInstanceOf(DownloadFailedException.class);
    }

    @Test
    void aHostThatMerelyRefusesDoesNotMeanThatTheVideoIsLost() {
        toApis.on(Call.FILE).answer(403, "");

        Exchange out = download(task(url, Instant.now().plusSeconds(60)));

        assertThat(out.getException()).isExactlyInstanceOf(DownloadFailedException.class);
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
        return new VideoTask(
                id,
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                "sora-2",
                null,
                null,
                expiresAt,
                address,
                List.of(new Video(address, "mp4", null)),
                null,
                null,
                null);
    }
}
