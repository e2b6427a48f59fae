package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.WaitTimedOutException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each turn of a loop is a remix of its own, and a redelivery within a turn finds the one of that turn. */
class LoopKeyTest extends KeyTestSupport {
    private int redeliveriesOfFailures;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachTurnOfALoopPaysForItsOwnVideo(boolean isCopy) throws Exception {
        start(loop(isCopy, "Turn ${exchangeProperty.CamelLoopIndex}"));

        send("direct:in", null);

        assertThat(promptsOfVideos()).containsExactly("Turn 0", "Turn 1", "Turn 2");
        assertPaid(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void turnsWithTheSameRequestEachPayForTheirOwn(boolean isCopy) throws Exception {
        start(loop(isCopy, "A puppy"));

        send("direct:in", null);

        assertThat(videos).extracting(video -> video.id()).doesNotHaveDuplicates();
        assertPaid(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedeliveryInEachTurnGetsTheVideoOfThatTurn(boolean isCopy) throws Exception {
        redeliverTimedOutWaits();
        start(loop(isCopy, "Turn ${exchangeProperty.CamelLoopIndex}"));

        send("direct:in", null);

        assertThat(promptsOfVideos()).containsExactly("Turn 0", "Turn 1", "Turn 2");
        assertPaid(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedeliveryInEachTurnWithTheSameRequestGetsTheVideoOfThatTurn(boolean isCopy) throws Exception {
        redeliverTimedOutWaits();
        start(loop(isCopy, "A puppy"));

        send("direct:in", null);

        assertThat(videos).extracting(video -> video.id()).doesNotHaveDuplicates();
        assertPaid(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void turnsThatFailAfterTheirRedeliveriesArePaidForEach(int redeliveries) throws Exception {
        redeliveriesOfFailures = redeliveries;
        start(loop(false, "A puppy [fail]"));

        send("direct:in", null);

        assertPaid(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void nestedLoopsPayForEachTurnThoughAllFail(int redeliveries) throws Exception {
        redeliveriesOfFailures = redeliveries;
        start(nestedLoops(2, 2, "A puppy [fail]"));

        send("direct:in", null);

        assertPaid(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void nestedLoopsPayForEachTurnThoughTheInnerIndexIsAlwaysTheSame(int redeliveries) throws Exception {
        redeliveriesOfFailures = redeliveries;
        start(nestedLoops(3, 1, "A puppy [fail]"));

        send("direct:in", null);

        assertPaid(3);
    }

    @Test
    void nestedLoopsWithRedeliveriesGetTheVideoOfEachTurn() throws Exception {
        redeliverTimedOutWaits();
        start(nestedLoops(2, 2, "A puppy"));

        send("direct:in", null);

        assertThat(videos).hasSize(4).extracting(video -> video.id()).doesNotHaveDuplicates();
        assertPaid(4);
    }

    @Test
    void aRetryWrittenAsALoopPaysForEachTry() throws Exception {
        letWaitsTimeOut();
        start(retryByHand());

        send("direct:in", "A puppy");

        assertPaid(3);
    }

    @Test
    void aRetryWrittenAsALoopPaysOnceUnderAKeyOfTheUser() throws Exception {
        letWaitsTimeOut();
        remix += "&requestKey=${exchangeId}";
        start(retryByHand());

        send("direct:in", "A puppy");

        assertPaid(1);
    }

    private RouteBuilder loop(boolean isCopy, String prompt) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                continueAfterFailures(this);
                var loop = isCopy
                        ? from("direct:in").loop(3).copy()
                        : from("direct:in").loop(3);
                loop.setBody(simple(prompt)).to(remix).process(keepVideo).end();
            }
        };
    }

    private RouteBuilder nestedLoops(int outer, int inner, String prompt) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                continueAfterFailures(this);
                from("direct:in")
                        .loop(outer)
                        .loop(inner)
                        .setBody(constant(prompt))
                        .to(remix)
                        .process(keepVideo)
                        .end()
                        .end();
            }
        };
    }

    private RouteBuilder retryByHand() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .loop(3)
                        .doTry()
                        .to(remix)
                        .doCatch(WaitTimedOutException.class)
                        .log("once more")
                        .end()
                        .end();
            }
        };
    }

    private void continueAfterFailures(RouteBuilder route) {
        route.onException(TaskFailedException.class)
                .maximumRedeliveries(redeliveriesOfFailures)
                .redeliveryDelay(1)
                .continued(true);
    }
}
