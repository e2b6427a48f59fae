package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.VideoTask;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rarer ways of a message to a remix and back to it. */
class NestedRouteKeyTest extends KeyTestSupport {
    @Test
    void aRedeliveryOfAStepOfADynamicRouterGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        AtomicInteger step = new AtomicInteger();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").dynamicRouter(method(new Object() {
                    @SuppressWarnings("unused")
                    public String next() {
                        return step.incrementAndGet() == 1 ? remix : null;
                    }
                }));
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aRedeliveryOnAnotherThreadGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").threads(2).to(remix).process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }

    @Test
    void aRedeliveryOfAnAggregatedMessageGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .aggregate(constant(true), (first, next) -> next)
                        .completionSize(2)
                        .to(remix)
                        .process(keepVideo);
            }
        });

        send("direct:in", "A kitten");
        send("direct:in", "A puppy");

        await().atMost(LIMIT).until(() -> videos.size() == 1);
        assertPaid(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedeliveryWhoseProcessorRemovesTheRedeliveryCounterPaysUnlessItHasTheKey(boolean hasKey) throws Exception {
        letTasksRunLong();
        String key = hasKey ? "&requestKey=order-1" : "";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler()
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> {
                            completeTheTask.process(exchange);
                            toApis.taskDuration(Duration.ZERO);
                            exchange.getMessage().removeHeaders("*");
                        }));
                from("direct:in").to(remix + "&completionTimeout=300" + key);
            }
        });

        send("direct:in", "A puppy");

        assertPaid(hasKey ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedeliveryWhoseProcessorRemovesExchangePropertiesPaysUnlessItHasTheKey(boolean hasKey) throws Exception {
        letTasksRunLong();
        String key = hasKey ? "&requestKey=order-1" : "";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler()
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> exchange.removeProperties("*")));
                from("direct:in").to(remix + "&completionTimeout=100" + key);
            }
        });

        send("direct:in", "A puppy");

        assertPaid(hasKey ? 1 : 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailoverPaysForItsSecondEndpointUnlessItHasTheKey(boolean hasKey) throws Exception {
        loseTheNextAnswer();
        String key = hasKey ? "&requestKey=order-1" : "";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .loadBalance()
                        .failover(SubmissionUnknownException.class)
                        .to(remix + key)
                        .to(remix + key);
            }
        });

        send("direct:in", "A puppy");

        assertPaid(hasKey ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandlerThatSendsTheMessageToItsRouteAgainPaysUnlessItHasTheKey(boolean hasKey) throws Exception {
        loseTheNextAnswer();
        String key = hasKey ? "&requestKey=order-1" : "";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(SubmissionUnknownException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .handled(true)
                        .to("direct:again");
                from("direct:in").to("direct:remix");
                from("direct:again").errorHandler(noErrorHandler()).to("direct:remix");
                from("direct:remix").errorHandler(noErrorHandler()).to(remix + key);
            }
        });

        send("direct:in", "A puppy");

        assertPaid(hasKey ? 1 : 2);
    }

    @Test
    void aSubRouteThatIsCalledAgainAfterAnotherStepWasRedeliveredIsPaidAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class).continued(true);
                onException(IllegalStateException.class).maximumRedeliveries(3).redeliveryDelay(1);
                from("direct:in")
                        .to("direct:sub")
                        .process(exchange -> {
                            if (calls.incrementAndGet() < 3) {
                                throw new IllegalStateException("The bucket is unavailable");
                            }
                        })
                        .to("direct:sub");
                from("direct:sub").to(remix);
            }
        });

        send("direct:in", "A puppy [fail]");

        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoRemixesInASubRouteTheOneThatFailedIsTheOneThatItsRedeliveryFinds(boolean isLoop) throws Exception {
        Queue<String> timedOut = new ConcurrentLinkedQueue<>();
        toApis.taskDuration(request -> toApis.books().submitsReceived() == 2 ? Duration.ofHours(1) : Duration.ZERO);
        remix += "&completionTimeout=1000";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(defaultErrorHandler()
                                .maximumRedeliveries(20)
                                .redeliveryDelay(1)
                                .onRedelivery(completeTheTask)
                                .onExceptionOccurred(exchange -> timedOut.add(exchange.getException(SoraException.class)
                                        .getTaskId())))
                        .to("direct:sub");
                from("direct:sub").errorHandler(noErrorHandler()).to(isLoop ? "direct:loop" : "direct:steps");
                from("direct:loop")
                        .errorHandler(noErrorHandler())
                        .loop(2)
                        .setBody(constant("A puppy"))
                        .to(remix)
                        .process(keepVideo);
                from("direct:steps")
                        .errorHandler(noErrorHandler())
                        .to(remix)
                        .process(keepVideo)
                        .setBody(constant("A puppy"))
                        .to(remix)
                        .process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(videos).extracting(VideoTask::id).hasSize(3).doesNotHaveDuplicates();
        assertThat(videos).last().extracting(VideoTask::id).isEqualTo(timedOut.element());
    }
}
