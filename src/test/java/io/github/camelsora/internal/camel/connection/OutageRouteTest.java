package io.github.camelsora.internal.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.time.OutageLog;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.FreePort;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.WarningCapture;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator sees that the service, or the host of its files, cannot be reached, and when it is back. */
class OutageRouteTest extends SoraTestSupport {
    private final SimulatorClock clock = SimulatorClock.real();

    @TempDir
    Path videos;

    @BeforeEach
    void setTheClock() {
        sora().setLedger(new MemoryTaskLedger(clock, 1_000));
    }

    @Test
    void anUnreachableServiceIsReportedOnceForAllItsSubmitsAndOnceItIsBack() throws Exception {
        int port = FreePort.find();
        options().setBaseUrl("http://127.0.0.1:" + port);
        try (WarningCapture log = WarningCapture.of(OutageLog.class)) {
            start();
            CompletableFuture<Exchange> first = submit("A puppy");
            CompletableFuture<Exchange> second = submit("A kitten");
            await().atMost(LIMIT).until(() -> !log.lines().isEmpty());

            try (ToApisSimulator back = ToApisSimulator.builder().port(port).start()) {
                back.addSource("video_1");
                options().setApiKey(back.apiKey());
                hasten(clock, CompletableFuture.allOf(first, second));

                assertThat(first.get(LIMIT.toSeconds(), TimeUnit.SECONDS).getException())
                        .isNull();
                assertThat(second.get(LIMIT.toSeconds(), TimeUnit.SECONDS).getException())
                        .isNull();
            }
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .startsWith("WARN The service at http://127.0.0.1:" + port + " cannot be reached")
                    .contains("Connection refused", "nothing is paid twice");
            assertThat(log.lines().get(1)).contains("can be reached again");
        }
    }

    private CompletableFuture<Exchange> submit(String prompt) {
        return CompletableFuture.supplyAsync(() -> send("sora:remix?waitForCompletion=false&videoId=video_1", prompt));
    }

    @Test
    void aGatewayThatAnswersInItsPlaceIsAnOutageToo() throws Exception {
        String status = "sora:status?taskId=" + toApis.addSource();
        toApis.on(Call.STATUS).times(2).answer(502, "<html>Bad gateway</html>");
        try (WarningCapture log = WarningCapture.of(OutageLog.class)) {
            start();

            send(status, null);
            send(status, null);
            send(status, null);

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0)).contains("a gateway answered in its place with HTTP 502");
        }
    }

    @Test
    void errorsOfTheServiceItselfAreNoOutage() throws Exception {
        String status = "sora:status?taskId=" + toApis.addSource();
        toApis.on(Call.STATUS)
                .answer(503, "{\"error\": {\"code\": \"rate_limit_unavailable\", \"message\": \"down\"}}");
        try (WarningCapture log = WarningCapture.of(OutageLog.class)) {
            start();

            send(status, null);
            send(status, null);
            send(status, null);

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void anUnreachableFileHostIsReported() throws Exception {
        start();
        VideoTask task = send("sora:remix?videoId=" + toApis.addSource(), "A puppy")
                .getMessage()
                .getBody(VideoTask.class);
        toApis.on(Call.FILE).times(3).cut();
        try (WarningCapture log = WarningCapture.of(OutageLog.class)) {
            CompletableFuture<Exchange> out =
                    CompletableFuture.supplyAsync(() -> send("sora:download?directory=" + videos, task));
            hasten(clock, out);

            assertThat(out.join().getException()).isNull();
            URI host = URI.create(toApis.fileBaseUrl());
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .startsWith("WARN The file host " + host.getAuthority() + " cannot be reached")
                    .doesNotContain("signature");
            assertThat(log.lines().get(1)).contains("can be reached again");
        }
    }

    @Test
    void aStopIsNoOutage() throws Exception {
        toApis.on(Call.STATUS).delay(LIMIT);
        try (WarningCapture log = WarningCapture.of(OutageLog.class)) {
            start();
            for (int i = 0; i < 4; i++) {
                send("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource(), "Prompt " + i);
            }
            await().atMost(LIMIT).until(() -> toApis.requests(Call.STATUS).size() >= 4);

            camel.stop();
            await().atMost(LIMIT).until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("(" + camel.getName() + ")")
                            && thread.getName().contains("SoraHttp")));

            assertThat(log.lines()).isEmpty();
        }
    }
}
