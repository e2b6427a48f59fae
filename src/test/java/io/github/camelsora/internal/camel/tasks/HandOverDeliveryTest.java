package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a result counts as delivered, and when it is released for another delivery. */
class HandOverDeliveryTest extends KeyTestSupport {
    /** What a route does about a failure behind the remix. */
    private abstract class Failing extends RouteBuilder {
        abstract void handle();

        @Override
        public void configure() {
            handle();
            from("direct:in").to(remix + "&requestKey=order-1").process(exchange -> {
                throw new IllegalStateException("The bucket is unavailable");
            });
            from("direct:dead").log("buried");
        }
    }

    @Test
    void aVideoIsDeliveredWhenItsRouteCompletes() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix + "&requestKey=order-1");
            }
        });

        send("direct:in", "A puppy");

        assertDelivered();
    }

    @Test
    void aVideoIsNotDeliveredBeforeItsRouteHasComeToItsEnd() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix + "&requestKey=order-1").process(exchange -> exchange.getMessage()
                        .setHeader("state", recordOf("order-1").state()));
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getHeader("state")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void anUnhandledFailureBehindTheRemixReleasesItsVideo() throws Exception {
        start(new Failing() {
            @Override
            void handle() {}
        });

        send("direct:in", "A puppy");

        assertReleased();
    }

    @Test
    void aHandledFailureBehindTheRemixIsADelivery() throws Exception {
        start(new Failing() {
            @Override
            void handle() {
                onException(IllegalStateException.class).handled(true).log("seen");
            }
        });

        send("direct:in", "A puppy");

        assertDelivered();
    }

    @Test
    void aFailureThatTheRouteContinuesAfterIsADelivery() throws Exception {
        start(new Failing() {
            @Override
            void handle() {
                onException(IllegalStateException.class).continued(true);
            }
        });

        send("direct:in", "A puppy");

        assertDelivered();
    }

    @Test
    void aDeadLetterIsADelivery() throws Exception {
        start(new Failing() {
            @Override
            void handle() {
                errorHandler(deadLetterChannel("direct:dead"));
            }
        });

        send("direct:in", "A puppy");

        assertDelivered();
    }

    @Test
    void aCaughtFailureIsADelivery() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(remix + "&requestKey=order-1")
                        .doTry()
                        .throwException(new IllegalStateException("The bucket is unavailable"))
                        .doCatch(IllegalStateException.class)
                        .log("seen")
                        .end();
            }
        });

        send("direct:in", "A puppy");

        assertDelivered();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedTaskIsDeliveredByItsOwnFailureHandledOrNot(boolean isHandled) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class).handled(isHandled).log("seen");
                from("direct:in").to(remix + "&requestKey=order-1");
            }
        });

        send("direct:in", "A puppy [fail]");

        assertDelivered();
    }

    @Test
    void aVideoThatEnrichesAnExchangeIsDeliveredWithIt() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").enrich(remix + "&requestKey=order-1");
            }
        });

        send("direct:in", "A puppy");

        assertDelivered();
    }

    @Test
    void aTaskWithoutAWaiterIsDueOnceItHasEnded() throws Exception {
        start();

        send(remix + "&requestKey=order-1&waitForCompletion=false", "A puppy");

        assertReleased();
    }

    @Test
    void anUnhandledWaitTimeoutReleasesItsTask() throws Exception {
        letWaitsTimeOut();
        start();
        send(remix + "&requestKey=order-1", "A puppy");

        toApis.complete(recordOf("order-1").taskId());

        assertReleased();
    }

    @Test
    void aHandledWaitTimeoutReleasesItsTask() throws Exception {
        letWaitsTimeOut();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class).handled(true).log("later");
                from("direct:in").to(remix + "&requestKey=order-1");
            }
        });
        send("direct:in", "A puppy");

        toApis.complete(recordOf("order-1").taskId());

        assertReleased();
    }

    @Test
    void aTaskIsNotReleasedWhileARedeliveryMayStillJoinIt() throws Exception {
        letWaitsTimeOut();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> {
                            completeTheTask.process(exchange);
                            await().atMost(LIMIT)
                                    .until(() -> recordOf("order-1").state() == TaskState.ENDED);
                            exchange.setProperty("owner", recordOf("order-1").owner());
                        });
                from("direct:in").to(remix + "&requestKey=order-1");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getProperty("owner")).isNotNull();
        assertDelivered();
    }

    private void assertDelivered() {
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.DELIVERED);
    }

    /** Ended, without an owner. */
    private void assertReleased() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(recordOf("order-1"))
                .extracting(TaskRecord::state, TaskRecord::owner)
                .containsExactly(TaskState.ENDED, null));
    }
}
