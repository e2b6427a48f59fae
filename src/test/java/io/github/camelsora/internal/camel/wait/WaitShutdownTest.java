package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.toapis.WireKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A context stops while hundreds wait behind error handlers that would sleep before they redeliver. */
@Timeout(60)
class WaitShutdownTest extends KeyTestSupport {
    private static final int EXCHANGES = 300;

    /** A single redelivery that slept would be longer than any test may last. */
    private static final long SLEEP = 300_000;

    private final AtomicInteger handled = new AtomicInteger();
    private final Queue<WaitParkedException> seen = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Exchange>> waiting = new ArrayList<>();

    /** What a route does about a remix whose wait was ended; the last step of each counts. */
    enum Handling {
        HANDLED {
            @Override
            void configure(RouteBuilder route, WaitShutdownTest test) {
                route.onException(Exception.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(SLEEP)
                        .handled(true)
                        .process(test.look)
                        .to("direct:handler");
                route.from("direct:in").to(test.remix);
            }
        },
        UNHANDLED {
            @Override
            void configure(RouteBuilder route, WaitShutdownTest test) {
                route.onException(Exception.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(SLEEP)
                        .process(test.look)
                        .to("direct:handler");
                route.from("direct:in").to(test.remix);
            }
        },
        ASYNCHRONOUSLY_DELAYED {
            @Override
            void configure(RouteBuilder route, WaitShutdownTest test) {
                route.onException(Exception.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(SLEEP)
                        .asyncDelayedRedelivery()
                        .handled(true)
                        .process(test.look)
                        .to("direct:handler");
                route.from("direct:in").to(test.remix);
            }
        },
        DEAD_LETTER {
            @Override
            void configure(RouteBuilder route, WaitShutdownTest test) {
                route.from("direct:in")
                        .errorHandler(route.deadLetterChannel("direct:dead")
                                .maximumRedeliveries(3)
                                .redeliveryDelay(SLEEP))
                        .to(test.remix);
                route.from("direct:dead").process(test.look).to("direct:handler");
            }
        },
        CAUGHT {
            @Override
            void configure(RouteBuilder route, WaitShutdownTest test) {
                route.from("direct:in")
                        .errorHandler(route.defaultErrorHandler()
                                .maximumRedeliveries(3)
                                .redeliveryDelay(SLEEP))
                        .doTry()
                        .to(test.remix)
                        .doCatch(WaitParkedException.class)
                        .process(test.look)
                        .to("direct:handler")
                        .end();
            }
        };

        abstract void configure(RouteBuilder route, WaitShutdownTest test);
    }

    private final Processor look =
            exchange -> seen.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, WaitParkedException.class));

    /** How many exchanges ended, how many handlers ran to their last step, how many submits the service has seen. */
    private record Stopped(long ended, long handled, long submits) {}

    @ParameterizedTest
    @EnumSource(Handling.class)
    void everyExchangeEndsItsHandlersRunInFullAndNothingIsSubmitted(Handling handling) throws Exception {
        letExchangesWait(handling);

        camel.stop();

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(stopped()).isEqualTo(new Stopped(EXCHANGES, EXCHANGES, EXCHANGES)));
    }

    @ParameterizedTest
    @EnumSource(Handling.class)
    void handlersSeeTheTaskAndThatItWasPaidFor(Handling handling) throws Exception {
        letExchangesWait(handling);

        camel.stop();

        assertThat(allOf(waiting)).succeedsWithin(LIMIT);
        assertThat(seen.stream()
                        .filter(parked -> parked.getTaskId() != null)
                        .filter(parked -> parked.getOutcome() == SubmitOutcome.ACCEPTED)
                        .filter(parked -> parked.getTaskKey()
                                .equals(WireKey.userKey(
                                        toApis.task(parked.getTaskId()).clientBusinessId()))))
                .hasSize(EXCHANGES);
    }

    private Stopped stopped() {
        return new Stopped(
                waiting.stream().filter(CompletableFuture::isDone).count(),
                handled.get(),
                toApis.books().submitsReceived());
    }

    private void letExchangesWait(Handling handling) throws Exception {
        letTasksRunLong();
        options().setPollInitialDelay(60_000);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                handling.configure(this, WaitShutdownTest.this);
                from("direct:handler").log("The wait was ended").process(exchange -> handled.incrementAndGet());
            }
        });
        for (int i = 0; i < EXCHANGES; i++) {
            waiting.add(begin("direct:in", "Prompt " + i));
        }
        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == EXCHANGES);
    }
}
