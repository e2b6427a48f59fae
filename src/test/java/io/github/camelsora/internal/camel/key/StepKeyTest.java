package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.VideoTask;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each step of a route has its own remix, however the route comes to it, and a redelivery of a step finds that one. */
class StepKeyTest extends KeyTestSupport {
    @Test
    void twoStepsThatAreBothRedeliveredEachGetTheirOwnVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(remix + "&prompt=First")
                        .process(keepVideo)
                        .setBody(constant(""))
                        .to(remix + "&prompt=Second")
                        .process(keepVideo);
            }
        });

        send("direct:in", null);

        assertThat(promptsOfVideos()).containsExactly("First", "Second");
        assertPaid(2);
    }

    @Test
    void twoStepsWithTheSameRequestEachPayForTheirOwn() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(remix + "&prompt=A puppy")
                        .process(keepVideo)
                        .setBody(constant(""))
                        .to(remix + "&prompt=A puppy")
                        .process(keepVideo);
            }
        });

        send("direct:in", null);

        assertThat(videos).extracting(video -> video.id()).hasSize(2).doesNotHaveDuplicates();
        assertPaid(2);
    }

    @Test
    void aRemixOfARemixIsMadeOfTheFirstVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).to("sora:remix?prompt=And a kitten").process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(videos).singleElement().satisfies(video -> assertThat(
                        promptOf(toApis.task(video.id()).sourceId()))
                .isEqualTo("A puppy"));
        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aRedeliveryOfADynamicStepGetsItsVideoWithAndWithoutACache(int cacheSize) throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .toD("sora:remix?videoId=${header.source}&prompt=First", cacheSize)
                        .process(keepVideo)
                        .setBody(constant(""))
                        .toD("sora:remix?videoId=${header.source}&prompt=Second", cacheSize)
                        .process(keepVideo);
            }
        });

        send("direct:in", null, "source", source);

        assertThat(promptsOfVideos()).containsExactly("First", "Second");
        assertPaid(2);
    }

    @Test
    void aRedeliveryOfAStepOfARoutingSlipGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routingSlip(
                                constant(remix + "&prompt=First,direct:keep," + remix + "&prompt=Second,direct:keep"));
                from("direct:keep").process(keepVideo).setBody(constant(""));
            }
        });

        send("direct:in", null);

        assertThat(promptsOfVideos()).containsExactly("First", "Second");
        assertPaid(2);
    }

    @Test
    void aRoutingSlipThatNamesOneUriTwicePaysTwice() throws Exception {
        redeliverTimedOutWaits();
        String step = remix + "&prompt=A puppy";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routingSlip(constant(step + ",direct:keep," + step + ",direct:keep"));
                from("direct:keep").process(keepVideo).setBody(constant(""));
            }
        });

        send("direct:in", null);

        assertThat(videos).extracting(video -> video.id()).hasSize(2).doesNotHaveDuplicates();
        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRoutingSlipThatGoesOnAfterAFailurePaysForTheSameUriAgain(int redeliveries) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class)
                        .maximumRedeliveries(redeliveries)
                        .redeliveryDelay(1)
                        .continued(true);
                from("direct:in").routingSlip(constant(remix + "," + remix));
            }
        });

        send("direct:in", "A puppy [fail]");

        assertPaid(2);
    }

    @Test
    void aRedeliveryOfAnEnrichmentGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").enrich(remix, (original, remixed) -> remixed).process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }

    @Test
    void aRedeliveryOfALostEnrichmentIsNeverPosted() throws Exception {
        loseTheNextAnswer();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(2).redeliveryDelay(1);
                from("direct:in").enrich(remix, (original, remixed) -> remixed);
            }
        });

        send("direct:in", "A puppy");

        assertPaid(1);
    }

    @Test
    void aWireTapPaysForItsOwn() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").wireTap("direct:tap").to(remix).process(keepVideo);
                from("direct:tap").to(remix).process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        await().atMost(LIMIT).until(() -> videos.size() == 2);
        assertPaid(2);
    }

    @Test
    void aRedeliveryBehindAWireTapGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").wireTap("direct:tap");
                from("direct:tap").to(remix).process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        await().atMost(LIMIT).until(() -> videos.size() == 1);
        assertPaid(1);
    }

    @Test
    void aRedeliveryBehindASedaQueueGetsItsVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("seda:remixes?waitForTaskToComplete=Always");
                from("seda:remixes").to(remix).process(keepVideo);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody()).isInstanceOf(VideoTask.class);
        assertPaid(1);
    }
}
