package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that wait end when their routes stop, in words; what comes at that moment comes to its end. */
@Timeout(40)
class DownloadStoppingTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(100_000, 1);

    @TempDir
    Path videos;

    private String id;

    @BeforeEach
    void startWithAVideo() throws Exception {
        id = toApis.video(VIDEO).addSource();
        sora().setMaxConcurrentDownloads(1);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(60_000));
                from("direct:in").routeId("in").to("sora:download?taskId=" + id + "&directory=" + videos);
                from("direct:other")
                        .routeId("other")
                        .to("sora:download?fileName=other.mp4&taskId=" + id + "&directory=" + videos);
            }
        });
    }

    @Test
    void oneThatWaitsForItsNextTryIsParkedWhenTheContextStops() throws Exception {
        toApis.on(Call.FILE).answer(503, "", "Retry-After: 600");
        CompletableFuture<Exchange> waiting = send("direct:in");
        Awaitility.await().atMost(LIMIT).until(() -> toApis.books().fileCalls() == 1);

        camel.stop();

        assertParked(waiting);
        assertThat(toApis.books().fileCalls()).isEqualTo(1);
    }

    @Test
    void oneThatWaitsIsParkedWhenItsRouteStopsAlone() throws Exception {
        toApis.on(Call.FILE).answer(503, "", "Retry-After: 600");
        CompletableFuture<Exchange> waiting = send("direct:in");
        CompletableFuture<Exchange> elsewhere = send("direct:other");
        Awaitility.await().atMost(LIMIT).until(() -> toApis.books().fileCalls() == 2);

        // The event of a route that stops comes when Camel has waited for its exchanges.
        camel.getRouteController().stopRoute("in", 1, TimeUnit.SECONDS);

        assertParked(waiting);
        assertThat(elsewhere).isNotDone();
    }

    @Test
    void oneThatWaitsForAThreadIsParkedAndOneThatComesIsStored() throws Exception {
        Hold gate = toApis.on(Call.FILE).times(1).hold();
        CompletableFuture<Exchange> first = send("direct:in");
        gate.awaitReached(LIMIT);
        CompletableFuture<Exchange> second = send("direct:other");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> shared().runtime().downloads().waiting() == 1);

        CompletableFuture<Void> stop = CompletableFuture.runAsync(camel::stop);
        assertParked(second);
        gate.release();

        assertThat(first.get(20, TimeUnit.SECONDS).getException()).isNull();
        assertThat(videos.resolve(id + ".mp4")).hasBinaryContent(VIDEO);
        assertThat(stop).succeedsWithin(LIMIT);
    }

    @Test
    void oneThatBreaksAfterItsRouteHasStoppedIsNotTriedAgain() throws Exception {
        Hold gate = toApis.on(Call.FILE).times(1).hold();
        CompletableFuture<Exchange> waiting = send("direct:in");
        gate.awaitReached(LIMIT);

        camel.getRouteController().stopRoute("in", 1, TimeUnit.SECONDS);
        gate.cut();

        assertParked(waiting);
    }

    private CompletableFuture<Exchange> send(String uri) {
        return camel.createProducerTemplate().asyncSend(uri, exchange -> {});
    }

    private void assertParked(CompletableFuture<Exchange> waiting) throws Exception {
        Exception end = waiting.get(20, TimeUnit.SECONDS).getException();
        assertThat(end).isInstanceOf(WaitParkedException.class).hasMessageContaining(id);
    }
}
