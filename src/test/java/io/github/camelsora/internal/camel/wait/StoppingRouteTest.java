package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A context that stops ends all waits at once, in words, and pays for nothing more. */
@Timeout(40)
class StoppingRouteTest extends SoraTestSupport {
    private String source;

    @BeforeEach
    void putTasksThatRunLong() {
        toApis.taskDuration(Duration.ofHours(1));
        source = toApis.addSource();
    }

    @Test
    void waitingExchangesEndWithTheTaskId() throws Exception {
        start(remix());
        List<CompletableFuture<Exchange>> waiting =
                IntStream.range(0, 3).mapToObj(n -> send("Prompt " + n)).toList();
        awaitAccepted(3);

        camel.stop();

        for (CompletableFuture<Exchange> each : waiting) {
            WaitParkedException parked = parked(each);
            assertThat(parked.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
            assertThat(parked.isSafeToResend()).isFalse();
            assertThat(WireKey.userKey(toApis.task(parked.getTaskId()).clientBusinessId()))
                    .isEqualTo(parked.getTaskKey());
        }
    }

    @Test
    void anAwaitingExchangeEndsWithTheTaskId() throws Exception {
        String id = toApis.addTask();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:await?taskId=" + id);
            }
        });
        CompletableFuture<Exchange> waiting = send("A puppy");
        Awaitility.await().atMost(LIMIT).until(() -> toApis.books().polls(id) > 0);

        camel.stop();

        assertThat(parked(waiting).getTaskId()).isEqualTo(id);
    }

    @Test
    void aQueuedSubmitEndsUnsent() throws Exception {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 600");
        start(remix());
        CompletableFuture<Exchange> queued = send("A puppy");
        Awaitility.await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() == 1);

        camel.stop();

        SoraException end = queued.get(20, TimeUnit.SECONDS).getException(SoraException.class);
        assertThat(end.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aSubmitThatBeginsWhileTheContextStopsIsRejectedUnsent() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitParkedException.class).handled(true).to("sora:remix?prompt=Again&videoId=" + source);
                from("direct:in").to("sora:remix?videoId=" + source);
            }
        });
        CompletableFuture<Exchange> waiting = send("A puppy");
        awaitAccepted(1);

        camel.stop();

        Exception end = waiting.get(20, TimeUnit.SECONDS).getException();
        assertThat(end).isInstanceOfSatisfying(SoraException.class, rejected -> assertThat(rejected.getOutcome())
                .isEqualTo(SubmitOutcome.NOT_SENT));
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void handlersOfAnExchangeWhoseWaitEndedRunInFull() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitParkedException.class).handled(true).to("direct:handler");
                from("direct:in").to("sora:remix?videoId=" + source);
                from("direct:handler").setBody(simple("parked ${exception.taskId}"));
            }
        });
        CompletableFuture<Exchange> waiting = send("A puppy");
        awaitAccepted(1);

        camel.stop();

        Exchange out = waiting.get(20, TimeUnit.SECONDS);
        assertThat(out.getMessage().getBody())
                .isEqualTo("parked " + toApis.tasks().get(1).id());
    }

    @Test
    void redeliveriesDoNotHoldUpTheStopNorPayAgain() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(60_000));
                from("direct:in").to("sora:remix?videoId=" + source);
            }
        });
        CompletableFuture<Exchange> waiting = send("A puppy");
        awaitAccepted(1);

        camel.stop();

        assertThat(waiting.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(SoraException.class);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void noThreadOfOursIsLeft() throws Exception {
        start(remix());
        CompletableFuture<Exchange> waiting = send("A puppy");
        awaitAccepted(1);

        camel.stop();

        assertThat(waiting).succeedsWithin(LIMIT);
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("(" + camel.getName() + ")") && name.contains("Sora")));
    }

    private RouteBuilder remix() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:remix?videoId=" + source);
            }
        };
    }

    private CompletableFuture<Exchange> send(String prompt) {
        return camel.createProducerTemplate()
                .asyncSend("direct:in", exchange -> exchange.getMessage().setBody(prompt));
    }

    private void awaitAccepted(int count) {
        Awaitility.await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == count);
        Awaitility.await().atMost(LIMIT).until(() -> toApis.tasks().stream()
                .filter(task -> !task.id().equals(source))
                .allMatch(task -> toApis.books().polls(task.id()) > 0));
    }

    private static WaitParkedException parked(CompletableFuture<Exchange> waiting) throws Exception {
        Exception end = waiting.get(20, TimeUnit.SECONDS).getException();
        assertThat(end).isInstanceOf(WaitParkedException.class);
        return (WaitParkedException) end;
    }
}
