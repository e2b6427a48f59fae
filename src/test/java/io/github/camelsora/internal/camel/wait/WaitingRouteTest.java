package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.SimulatedTask;
import io.github.camelsora.support.SoraTestSupport;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wait holds neither the thread that began it nor one of ours, and each exchange gets its own result. */
class WaitingRouteTest extends SoraTestSupport {

    @ParameterizedTest
    @ValueSource(strings = {"remix?prompt=A puppy&videoId=v", "status?taskId=v", "await?taskId=v", "download?taskId=v"})
    void noOperationHoldsTheThreadThatCallsIt(String operation) throws Exception {
        toApis.addSource("v");
        options().setDirectory("target/never");
        start();
        Hold answer = toApis.on(Call.ANY).hold();

        CompletableFuture<Exchange> done = new CompletableFuture<>();
        boolean isDoneAtOnce = process("sora:" + operation, done);

        assertThat(isDoneAtOnce).isFalse();
        assertThat(done).isNotDone();
        answer.cut();
        assertThat(done).succeedsWithin(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remix?prompt=A puppy&videoId=v", "status?taskId=v", "await?taskId=v", "download?taskId=v"})
    void aRouteContinuesOnAThreadOfItsOwnPool(String operation) throws Exception {
        toApis.addSource("v");
        options().setDirectory("target/waiting");
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:" + operation)
                        .process(exchange -> threads.add(Thread.currentThread().getName()));
            }
        });

        send("direct:in", null);

        assertThat(threads).singleElement().asString().contains("SoraRoute");
    }

    @Test
    void aRouteContinuesOnAThreadOfItsOwnPoolAfterAFailureToo() throws Exception {
        toApis.credits(0);
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(SoraException.class)
                        .handled(true)
                        .process(exchange -> threads.add(Thread.currentThread().getName()));
                from("direct:in").to("sora:remix?videoId=" + toApis.addSource());
            }
        });

        send("direct:in", "A puppy");

        assertThat(threads).singleElement().asString().contains("SoraRoute");
    }

    @Test
    void resultsThatComeInABurstQueueForThePoolOfRoutes() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        CountDownLatch allEnded = new CountDownLatch(1);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in").to("sora:remix?videoId=" + toApis.addSource()).process(exchange -> {
                    allEnded.await(20, TimeUnit.SECONDS);
                    threads.add(Thread.currentThread().getName());
                });
            }
        });
        IntStream.range(0, 20).forEach(n -> send("seda:in", "Prompt " + n));
        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 20);

        // Before they are completed: some are polled for the last time while the others complete.
        long looks = toApis.books().statusCalls();
        toApis.tasks().forEach(task -> toApis.complete(task.id()));
        await().atMost(LIMIT).until(() -> toApis.books().statusCalls() >= looks + 20);
        allEnded.countDown();

        await().atMost(LIMIT).until(() -> threads.size() == 20);
        assertThat(threads).allMatch(name -> name.contains("SoraRoute"));
    }

    @Test
    void twoHundredExchangesOfOneConsumerThreadWaitAtOnceAndEachGetsItsOwn() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        Map<String, String> promptsByTaskId = new ConcurrentHashMap<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in?concurrentConsumers=1&size=200")
                        .setProperty("prompt", body())
                        .to("sora:remix?videoId=" + toApis.addSource())
                        .process(exchange -> promptsByTaskId.put(
                                exchange.getMessage().getBody(VideoTask.class).id(),
                                exchange.getProperty("prompt", String.class)));
            }
        });

        IntStream.range(0, 200).forEach(n -> send("seda:in", "Prompt " + n));
        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 200);
        assertThat(soraThreads()).isBetween(1L, 12L);
        toApis.tasks().forEach(task -> toApis.complete(task.id()));

        await().atMost(LIMIT).until(() -> promptsByTaskId.size() == 200);
        assertThat(promptsByTaskId).allSatisfy((id, prompt) -> assertThat(prompt)
                .isEqualTo(toApis.task(id).request().path("prompt").textValue()));
    }

    @Test
    void withoutWaitingTheRouteContinuesWithTheId() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start();

        Exchange out = send("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource(), "A puppy");

        SimulatedTask accepted = toApis.tasks().get(1);
        VideoTask task = out.getMessage().getBody(VideoTask.class);
        assertThat(task.id()).isEqualTo(accepted.id());
        assertThat(task.key()).isEqualTo(WireKey.userKey(accepted.clientBusinessId()));
        assertThat(task.status().isTerminal()).isFalse();
        assertThat(out.getMessage().getHeader("CamelSoraTaskId")).isEqualTo(accepted.id());
    }

    @Test
    void aTaskThatWasNotWaitedForCanBeAwaitedLater() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource())
                        .to("sora:await");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void eachExchangeThatAwaitsATaskGetsItsResult() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();
        start();
        CompletableFuture<Exchange> first = new CompletableFuture<>();
        CompletableFuture<Exchange> second = new CompletableFuture<>();
        process("sora:await?taskId=" + id, first);
        process("sora:await?taskId=" + id, second);

        toApis.complete(id);

        assertThat(first.get(20, TimeUnit.SECONDS)
                        .getMessage()
                        .getBody(VideoTask.class)
                        .status())
                .isEqualTo(TaskStatus.COMPLETED);
        assertThat(second.get(20, TimeUnit.SECONDS)
                        .getMessage()
                        .getBody(VideoTask.class)
                        .status())
                .isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void anUnknownStatusWordIsWaitedOut() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();
        toApis.statusWord(id, "marinating");
        start();
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        process("sora:await?taskId=" + id, done);
        await().atMost(LIMIT).until(() -> toApis.books().polls(id) > 3);

        toApis.complete(id);
        toApis.statusWord(id, null);

        assertThat(done.get(20, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void moreTasksThanMayBeOpenAreRejectedUnsent() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        sora().setMaxOpenTasks(1);
        start();
        String remix = "sora:remix?waitForCompletion=false&submitTimeout=900&videoId=" + toApis.addSource();
        send(remix, "A puppy");

        Exchange out = send(remix, "A kitten");

        assertThat(out.getException(SoraException.class).getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    private boolean process(String uri, CompletableFuture<Exchange> done) throws Exception {
        Endpoint endpoint = camel.getEndpoint(uri);
        AsyncProducer producer = endpoint.createAsyncProducer();
        producer.start();
        Exchange exchange = ExchangeBuilder.anExchange(camel).build();
        return producer.process(exchange, isSynchronous -> done.complete(exchange));
    }

    private long soraThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("(" + camel.getName() + ")"))
                .filter(thread -> thread.getName().contains("Sora"))
                .count();
    }
}
