package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No more videos come at once than are wanted, and what waits for its turn holds no thread. */
class ConcurrentDownloadTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(50_000, 1);

    @TempDir
    Path videos;

    @BeforeEach
    void startWithTwoAtOnce() throws Exception {
        toApis.video(VIDEO);
        sora().setMaxConcurrentDownloads(2);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:download?directory=" + videos);
            }
        });
    }

    @Test
    void noMoreComeAtOnceThanAreWanted() throws Exception {
        Hold gate = toApis.on(Call.FILE).hold();
        List<CompletableFuture<Exchange>> all = download(6);

        gate.awaitReached(2, LIMIT);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> shared().runtime().downloads().waiting() == 4);

        assertThat(gate.waiting()).isEqualTo(2);
        assertThat(threads()).isEqualTo(2);
        gate.release();
        assertStored(all);
    }

    @Test
    void aDownloadThatWaitsForItsNextTryBlocksNoOther() throws Exception {
        toApis.on(Call.FILE).times(2).answer(503, "", "Retry-After: 600");
        List<CompletableFuture<Exchange>> patient = download(2);
        Awaitility.await().atMost(LIMIT).until(() -> toApis.books().fileCalls() == 2);

        assertStored(download(4));

        assertThat(patient).noneMatch(CompletableFuture::isDone);
    }

    private List<CompletableFuture<Exchange>> download(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> toApis.addSource())
                .map(id -> camel.createProducerTemplate().asyncSend("direct:in", exchange -> exchange.getMessage()
                        .setHeader("CamelSoraTaskId", id)))
                .toList();
    }

    private static void assertStored(List<CompletableFuture<Exchange>> all) throws Exception {
        for (CompletableFuture<Exchange> one : all) {
            Exchange out = one.get(20, TimeUnit.SECONDS);
            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        }
    }

    private long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("(" + camel.getName() + ")") && name.contains("SoraDownload"))
                .count();
    }
}
