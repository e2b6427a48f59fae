package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.WaitTimedOutException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What a route does about a failed remix: wait on, change the request, go on without it, or try another one. */
class OnExceptionKeyTest extends KeyTestSupport {
    @Test
    void aTimedOutWaitGoesOnForTheSameTaskUntilItEnds() throws Exception {
        toApis.taskDuration(Duration.ofMillis(400));
        options().setCompletionTimeout(100);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class)
                        .maximumRedeliveries(200)
                        .redeliveryDelay(1);
                from("direct:in").to(remix).process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }

    @Test
    void aRedeliveryOfAChangedRequestIsANewRequest() throws Exception {
        letTasksRunLong();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> {
                            toApis.taskDuration(Duration.ZERO);
                            exchange.getMessage().setBody("A kitten");
                        });
                from("direct:in").to(remix + "&completionTimeout=700").process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A kitten");
        assertPaid(2);
    }

    @Test
    void aRouteThatContinuesWithoutARemixMakesANewOneInItsNextStep() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class)
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1)
                        .continued(true);
                from("direct:in")
                        .to(remix)
                        .setBody(constant("A kitten"))
                        .to(remix)
                        .process(keepVideo);
            }
        });

        send("direct:in", "A puppy [fail]");

        assertThat(promptsOfVideos()).containsExactly("A kitten");
        assertPaid(2);
    }

    @Test
    void aRouteThatContinuesPaysForTheSameRequestInItsNextStep() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class)
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1)
                        .continued(true);
                from("direct:in").to(remix).to(remix);
            }
        });

        send("direct:in", "A puppy [fail]");

        assertPaid(2);
    }

    @Test
    void aRemixInACatchIsANewOne() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .doTry()
                        .to(remix)
                        .doCatch(SoraException.class)
                        .setBody(constant("A kitten"))
                        .to(remix)
                        .process(keepVideo)
                        .end();
            }
        });

        send("direct:in", "A puppy [fail]");

        assertThat(promptsOfVideos()).containsExactly("A kitten");
        assertPaid(2);
    }

    @Test
    void aRemixInACatchOfALostAnswerIsPaidForAsItSays() throws Exception {
        loseTheNextAnswer();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .doTry()
                        .to(remix)
                        .doCatch(SubmissionUnknownException.class)
                        .to(remix)
                        .process(keepVideo)
                        .end();
            }
        });

        send("direct:in", "A puppy");

        assertThat(videos)
                .extracting(video -> video.key())
                .containsExactly(submittedKeys().get(1));
        assertPaid(2);
    }

    @Test
    void withTheKeyOfTheFailureACatchWaitsOnForTheSameTask() throws Exception {
        letWaitsTimeOut();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .doTry()
                        .to(remix)
                        .doCatch(WaitTimedOutException.class)
                        .process(completeTheTask)
                        .setHeader("CamelSoraRequestKey", simple("${exception.taskKey}"))
                        .to(remix + "&completionTimeout=20s")
                        .process(keepVideo)
                        .end();
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }

    @Test
    void aHandlerThatAwaitsTheTaskOfTheFailurePaysNothing() throws Exception {
        letWaitsTimeOut();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class)
                        .handled(true)
                        .process(completeTheTask)
                        .to("sora:await?completionTimeout=20s")
                        .process(keepVideo);
                from("direct:in").to(remix);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }
}
