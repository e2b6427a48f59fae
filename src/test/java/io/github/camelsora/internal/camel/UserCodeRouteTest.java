package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.RemoteBucketBuilder;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.SimulatorClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.TypeConverterSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of code that is not ours never decide over what was paid: nothing is paid twice, and no exchange hangs. */
@Timeout(60)
class UserCodeRouteTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    private final SimulatorClock clock = SimulatorClock.real();
    private final Queue<VideoTask> delivered = new ConcurrentLinkedQueue<>();

    static Stream<Error> errors() {
        return Stream.of(
                new NoClassDefFoundError("thrown by a test"),
                new StackOverflowError("thrown by a test"),
                new AssertionError("thrown by a test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInATaskListenerDoesNotStopTheExchange(Error failure) throws Exception {
        sora().setTaskListener(task -> {
            throw failure;
        });
        start();

        CompletableFuture<Exchange> out = begin(remix, "A puppy");

        assertThat(out).succeedsWithin(LIMIT).satisfies(exchange -> {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isInstanceOf(VideoTask.class);
        });
        assertPaid(1);
    }

    // Each method of a ledger dies the first three times that it is called after the submit has been received.
    @ParameterizedTest
    @ValueSource(strings = {"find", "replace", "findByTaskId", "now", "renewLease", "findDue"})
    void anErrorInAUsersLedgerLosesNothing(String method) throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        useLedger(called ->
                called.equals(method) && toApis.books().submitsReceived() > 0 && failures.getAndDecrement() > 0);
        start(deliveries());

        CompletableFuture<Exchange> out =
                CompletableFuture.supplyAsync(() -> send(remix + "&requestKey=order-1", "A puppy"));

        // Writes that have failed are repeated every five seconds. In twenty the lease does not run out.
        AtomicInteger seconds = new AtomicInteger();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    if (failures.get() < 3 && seconds.getAndIncrement() < 20) {
                        advance(clock, Duration.ofSeconds(1));
                    }
                    return out.isDone() && recordOf("order-1").result() != null;
                });
        Exchange again = send(remix + "&requestKey=order-1", "A puppy");
        assertThat(again.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void anErrorOfTheLedgerBeforeTheSubmitMeansThatNothingWasSent() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        useLedger(called -> called.equals("add") && failures.getAndDecrement() > 0);
        start();

        SoraException failure = failureOf(send(remix, "A puppy"), SoraException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertPaid(0);
    }

    @Test
    void anErrorInSharedBucketsLetsSubmitsPassAtAShareOfTheRate() throws Exception {
        sora().setBucketProxyManager((ProxyManager<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ProxyManager.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("builder")) {
                        return dyingBuilder();
                    }
                    throw new NoClassDefFoundError("thrown by a test");
                }));
        options().setRateGroup(RateGroup.DEFAULT);
        start();

        CompletableFuture<Exchange> out = begin(remix, "A puppy");

        assertThat(out).succeedsWithin(LIMIT).satisfies(exchange -> assertThat(exchange.getException())
                .isNull());
        assertPaid(1);
    }

    private static Object dyingBuilder() {
        Class<?> builder = RemoteBucketBuilder.class;
        Class<?> bucket = BucketProxy.class;
        Object dying = Proxy.newProxyInstance(
                UserCodeRouteTest.class.getClassLoader(), new Class<?>[] {bucket}, (proxy, method, arguments) -> {
                    throw new NoClassDefFoundError("thrown by a test");
                });
        return Proxy.newProxyInstance(
                UserCodeRouteTest.class.getClassLoader(),
                new Class<?>[] {builder},
                (proxy, method, arguments) -> dying);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAnExpressionFailsTheExchangeBeforeAnythingIsSent(Error failure) throws Exception {
        camel.getRegistry().bind("keys", new Keys(failure));
        start();

        CompletableFuture<Exchange> out =
                begin(remix + "&allowExpressions=all&requestKey=${bean:keys?method=next}", "A puppy");

        assertThat(out).succeedsWithin(LIMIT).satisfies(exchange -> assertThat(exchange.getException())
                .isNotNull());
        assertPaid(0);
    }

    /** A bean that an expression asks for a key. */
    public static final class Keys {
        private final Error failure;

        Keys(Error failure) {
            this.failure = failure;
        }

        /** Never answers. */
        public String next() {
            throw failure;
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAConverterFailsTheExchangeBeforeAnythingIsSent(Error failure) throws Exception {
        camel.getTypeConverterRegistry().addTypeConverter(String.class, Odd.class, new DyingConverter(failure));
        start();

        CompletableFuture<Exchange> out = begin(remix, "A puppy", "CamelSoraPrompt", new Odd());

        assertThat(out).succeedsWithin(LIMIT).satisfies(exchange -> assertThat(exchange.getException())
                .isNotNull());
        assertPaid(0);
    }

    private static final class Odd {}

    private static final class DyingConverter extends TypeConverterSupport {
        private final Error failure;

        DyingConverter(Error failure) {
            this.failure = failure;
        }

        @Override
        public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
            throw failure;
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInTheStepAfterTheRemixReleasesItsTaskToTheTasksRoute(Error failure) throws Exception {
        start(deliveries(), new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).process(exchange -> {
                    throw failure;
                });
            }
        });

        // Camel's engine ends no exchange whose step dies of such an error, so no test can wait for it.
        doNotAwaitExchanges();
        camel.createFluentProducerTemplate()
                .to("direct:in")
                .withBody("A puppy")
                .withHeader(KEY, "order-1")
                .asyncSend();

        await().atMost(LIMIT).until(() -> delivered.size() == 1);
        assertPaid(1);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInACallbackReleasesItsTaskToTheTasksRoute(Error failure) throws Exception {
        start(deliveries());
        AsyncProducer producer = camel.getEndpoint(remix).createAsyncProducer();
        producer.start();
        Exchange exchange = ExchangeBuilder.anExchange(camel)
                .withBody("A puppy")
                .withHeader(KEY, "order-1")
                .build();

        producer.process(exchange, isSynchronous -> {
            throw failure;
        });

        await().atMost(LIMIT).until(() -> delivered.size() == 1);
        assertPaid(1);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInATasksRouteIsRedelivered(Error failure) throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        doNotAwaitExchanges();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks?delay=50&redeliveryDelay=1").process(exchange -> {
                    if (failures.getAndDecrement() > 0) {
                        throw failure;
                    }
                    delivered.add(exchange.getMessage().getBody(VideoTask.class));
                });
            }
        });

        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");

        await().atMost(LIMIT).until(() -> delivered.size() == 1);
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.DELIVERED);
    }

    @Test
    void anErrorInAPollDoesNotStopATasksRoute() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        useLedger(called -> called.equals("findDue") && failures.getAndDecrement() > 0);
        start(deliveries());
        await().atMost(LIMIT).until(() -> failures.get() <= 0);

        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");

        await().atMost(LIMIT).until(() -> delivered.size() == 1);
    }

    private void doNotAwaitExchanges() {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(50);
    }

    private RouteBuilder deliveries() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks?delay=50")
                        .process(exchange -> delivered.add(exchange.getMessage().getBody(VideoTask.class)));
            }
        };
    }

    /** Has the component use a ledger of the user's own, of which calls die when a test says so. */
    private void useLedger(Predicate<String> isToDie) {
        TaskLedger ledger = new MemoryTaskLedger(clock, 1_000);
        sora().setLedger((TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    if (isToDie.test(method.getName())) {
                        throw new NoClassDefFoundError("thrown by a test in " + method.getName());
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
