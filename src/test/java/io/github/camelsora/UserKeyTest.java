package io.github.camelsora;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key of the user decides what is paid for, whoever asks, and however often. */
class UserKeyTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    @Test
    void theHeaderWinsOverTheOption() throws Exception {
        start();

        send(remix + "&requestKey=of-the-option", "A puppy", KEY, "of-the-header");

        assertThat(submittedKeys()).containsExactly("of-the-header");
    }

    @Test
    void theOptionIsMadeFromTheMessage() throws Exception {
        start();

        send(remix + "&requestKey=${header.JMSMessageID}/${body.length}", "A puppy", "JMSMessageID", "ID:7");

        assertThat(submittedKeys()).containsExactly("ID:7/7");
    }

    @Test
    void theSameKeyAgainIsAnsweredWithTheSameTaskAndNotPaidAgain() throws Exception {
        start();
        VideoTask first = videoOf(send(remix, "A puppy", KEY, "order-1"));

        VideoTask second = videoOf(send(remix, "A puppy", KEY, "order-1"));

        assertThat(second).isEqualTo(first);
        assertPaid(1);
    }

    @Test
    void manyWhoAskForOneKeyAtOnceAllGetTheOneTask() throws Exception {
        letTasksTakeLong();
        Hold answer = toApis.on(Call.SUBMIT).afterProcessing().hold();
        start();
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(begin(remix, "A puppy", KEY, "order-1"));
        }

        answer.awaitReached(LIMIT);
        answer.release();
        String id = toApis.tasks().get(1).id();
        toApis.complete(id);

        assertThat(allOf(all)).succeedsWithin(LIMIT);
        assertThat(all).extracting(each -> videoOf(each.join()).id()).containsOnly(id);
        assertPaid(1);
    }

    @Test
    void anotherRequestUnderAKnownKeyIsAConflictAndNothingIsSent() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        Exchange out = send(remix, "A kitten", KEY, "order-1");

        assertThat(failureOf(out, KeyConflictException.class).getTaskKey()).isEqualTo("order-1");
        assertPaid(1);
    }

    @Test
    void aConflictTellsTheTaskThatStandsUnderTheKey() throws Exception {
        start();
        VideoTask standing = videoOf(send(remix, "A puppy", KEY, "order-1"));

        Exchange out = send(remix, "A kitten", KEY, "order-1");

        assertThat(failureOf(out, KeyConflictException.class))
                .hasMessageContainingAll("order-1", standing.id(), "Nothing was sent");
    }

    @Test
    void anotherRequestMayTakeAKeyThatWasRefused() throws Exception {
        start();
        send(remix, "A puppy [refuse]", KEY, "order-1");

        Exchange out = send(remix, "A puppy", KEY, "order-1");

        assertThat(out.getException()).isNull();
        assertThat(toApis.books().acceptedByKey()).containsOnlyKeys("order-1");
    }

    @Test
    void aGenerationAndARemixUnderOneKeyAreAConflict() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        Exchange out = send("sora:generate", "A puppy", KEY, "order-1");

        assertThat(out.getException()).isInstanceOf(KeyConflictException.class);
        assertPaid(1);
    }

    @Test
    void whoeverRequiresAKeyRefusesASubmitWithoutOne() throws Exception {
        options().setRequireRequestKey(true);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(failureOf(out, BadRequestException.class))
                .hasMessageContainingAll(KEY, "requestKey", "nothing was paid");
        assertPaid(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "option"})
    void whoeverRequiresAKeyTakesItFromEither(String where) throws Exception {
        options().setRequireRequestKey(true);
        start();

        if (where.equals("header")) {
            send(remix, "A puppy", KEY, "order-1");
        } else {
            send(remix + "&requestKey=order-1", "A puppy");
        }

        assertThat(submittedKeys()).containsExactly("order-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aBlankKeyIsRefusedBecauseANewOneWouldBePaidForEachTime(String blank) throws Exception {
        start();

        Exchange out = send(remix, "A puppy", KEY, blank);

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("key is empty");
        assertPaid(0);
    }

    @Test
    void anOptionThatFindsNothingInTheMessageIsRefused() throws Exception {
        start();

        Exchange out = send(remix + "&requestKey=${header.JMSMessageID}", "A puppy");

        assertThat(out.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll("requestKey", "${header.JMSMessageID}", "nothing was paid");
        assertPaid(0);
    }

    @Test
    void aFailedTaskFailsTheSameWayForEverybodyWhoAsks() throws Exception {
        start();
        Exchange first = send(remix, "A puppy [fail]", KEY, "order-1");

        Exchange second = send(remix, "A puppy [fail]", KEY, "order-1");

        assertThat(failureOf(second, TaskFailedException.class).getTaskId())
                .isEqualTo(failureOf(first, TaskFailedException.class).getTaskId());
        assertPaid(1);
    }

    @Test
    void theKeyIsTakenOffSoThatTheNextStepDoesNotInheritIt() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).setBody(constant("A kitten")).to(remix);
            }
        });

        Exchange out = send("direct:in", "A puppy", KEY, "order-1");

        assertThat(out.getException()).isNull();
        assertPaid(2);
    }

    @Test
    void keysOfTwoAccountsDoNotMeet() throws Exception {
        start();

        send(remix, "A puppy", KEY, "order-1");
        send(remix + "&account=other", "A kitten", KEY, "order-1");

        assertThat(toApis.books().acceptedByKey()).containsEntry("order-1", 2);
    }

    private static VideoTask videoOf(Exchange out) {
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(VideoTask.class);
    }
}
