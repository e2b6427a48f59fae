package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A remix in a circuit breaker, which works on a copy of the exchange. */
class CircuitBreakerKeyTest extends KeyTestSupport {
    @Test
    void aRemixInACircuitBreakerIsPaidOnce() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").circuitBreaker().to(remix).end().process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCircuitBreakerWithTheRoutesErrorHandlerIsPaidAgainUnlessItHasTheKey(boolean hasKey) throws Exception {
        letTasksRunLong();
        String key = hasKey ? "&requestKey=order-1" : "";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1));
                from("direct:in")
                        .circuitBreaker()
                        .inheritErrorHandler(true)
                        .to(remix + "&completionTimeout=100" + key)
                        .end();
            }
        });

        send("direct:in", "A puppy");

        assertPaid(hasKey ? 1 : 2);
    }

    @Test
    void aCircuitBreakerThatIsRedeliveredAsAWholeIsPaidAgain() throws Exception {
        letTasksRunLong();
        start(redeliveredAsAWhole());

        send("direct:in", "A puppy");

        assertPaid(2);
    }

    @Test
    void aCircuitBreakerThatIsRedeliveredAsAWholeIsPaidOnceUnderAKeyOfTheUser() throws Exception {
        letTasksRunLong();
        remix += "&requestKey=${header.order}";
        start(redeliveredAsAWhole());

        send("direct:in", "A puppy", "order", "order-1");

        assertPaid(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRemixInAFallbackIsANewOneUnlessItHasTheKey(boolean hasKey) throws Exception {
        letWaitsTimeOut();
        String key = hasKey ? "&requestKey=order-1" : "";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .circuitBreaker()
                        .to(remix + key)
                        .onFallback()
                        .to(remix + key)
                        .end();
            }
        });

        send("direct:in", "A puppy");

        assertPaid(hasKey ? 1 : 2);
    }

    @Test
    void aLostAnswerInACircuitBreakerIsNeverPostedAgain() throws Exception {
        loseTheNextAnswer();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1));
                from("direct:in").circuitBreaker().to(remix).end();
            }
        });

        Exchange out = send("direct:in", "A puppy");

        failureOf(out, SoraException.class);
        assertPaid(1);
    }

    private RouteBuilder redeliveredAsAWhole() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1))
                        .to("direct:sub");
                from("direct:sub")
                        .errorHandler(noErrorHandler())
                        .circuitBreaker()
                        .to(remix + "&completionTimeout=100")
                        .end();
            }
        };
    }
}
