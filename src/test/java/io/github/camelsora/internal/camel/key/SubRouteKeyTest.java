package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskFailedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that redelivers a whole sub-route: what finds its task by itself, and what needs a key of the user. */
class SubRouteKeyTest extends KeyTestSupport {
    private final AtomicInteger laterCalls = new AtomicInteger();

    /** A later step that fails the first time. */
    private final Processor failOnce = exchange -> {
        if (laterCalls.incrementAndGet() == 1) {
            throw new IllegalStateException("The bucket is unavailable");
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"direct:sub", "seda:sub?waitForTaskToComplete=Always"})
    void aRemixThatFailsInASubRouteIsNotPaidAgainByItsCallersRedelivery(String sub) throws Exception {
        redeliverTimedOutWaits();
        start(callerOf(sub, exchange -> {}));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:sub", "seda:sub?waitForTaskToComplete=Always"})
    void aSubRouteWhoseLaterStepFailsIsPaidAgain(String sub) throws Exception {
        start(callerOf(sub, failOnce));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:sub", "seda:sub?waitForTaskToComplete=Always"})
    void aSubRouteWhoseLaterStepFailsIsPaidOnceUnderAKeyOfTheUser(String sub) throws Exception {
        remix += "&requestKey=${header.order}";
        start(callerOf(sub, failOnce));

        Exchange out = send("direct:in", "A puppy", "order", "order-1");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aSubRouteThatIsCalledTwiceIsPaidTwice() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("direct:sub").setBody(constant("A puppy")).to("direct:sub");
                from("direct:sub").to(remix).process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(videos).extracting(video -> video.id()).hasSize(2).doesNotHaveDuplicates();
        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSubRouteThatIsCalledAgainAfterItsLastRedeliveryIsPaidAgain(int redeliveries) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class)
                        .maximumRedeliveries(redeliveries)
                        .redeliveryDelay(1)
                        .continued(true);
                from("direct:in").to("direct:sub").to("direct:sub");
                from("direct:sub").to(remix);
            }
        });

        send("direct:in", "A puppy [fail]");

        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSubRouteThatIsCalledAgainInACatchIsPaidAgain(int redeliveries) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        defaultErrorHandler().maximumRedeliveries(redeliveries).redeliveryDelay(1));
                from("direct:in")
                        .doTry()
                        .to("direct:sub")
                        .doCatch(TaskFailedException.class)
                        .to("direct:sub")
                        .end();
                from("direct:sub").to(remix);
            }
        });

        send("direct:in", "A puppy [fail]");

        assertPaid(2);
    }

    @Test
    void aSplitThatItsCallerRedeliversIsPaidAgain() throws Exception {
        start(callerOfASplit());

        send("direct:in", "Part 1,Part 2");

        assertPaid(4);
    }

    @Test
    void aSplitThatItsCallerRedeliversIsPaidOnceUnderKeysOfTheUser() throws Exception {
        remix += "&requestKey=${header.order}-${exchangeProperty.CamelSplitIndex}";
        start(callerOfASplit());

        send("direct:in", "Part 1,Part 2", "order", "order-1");

        assertPaid(2);
    }

    @Test
    void aMessageThatIsSentAgainIsPaidAgain() throws Exception {
        start(callerOf("direct:sub", exchange -> {}));

        send("direct:in", "A puppy");
        send("direct:in", "A puppy");

        assertPaid(2);
    }

    /** A caller that redelivers, and a sub-route that leaves all errors to it. */
    private RouteBuilder callerOf(String sub, Processor laterStep) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(redelivering()).to(sub).process(keepVideo);
                from(sub.replaceAll("\\?.*", ""))
                        .errorHandler(noErrorHandler())
                        .to(remix)
                        .process(laterStep);
            }

            private ErrorHandlerFactory redelivering() {
                return defaultErrorHandler()
                        .maximumRedeliveries(20)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> {
                            if (laterCalls.get() == 0) {
                                completeTheTask.process(exchange);
                            }
                        });
            }
        };
    }

    private RouteBuilder callerOfASplit() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1))
                        .to("direct:sub");
                from("direct:sub")
                        .errorHandler(noErrorHandler())
                        .split(body())
                        .to(remix)
                        .end()
                        .process(failOnce);
            }
        };
    }
}
