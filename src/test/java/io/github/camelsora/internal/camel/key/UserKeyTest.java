package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's key decides what is paid for, from whichever exchange and however often it is submitted. */
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
    void manySubmitsUnderOneKeyAtOnceAllGetTheOneTask() throws Exception {
        letTasksRunLong();
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
    void aConflictNamesTheTaskOfTheKey() throws Exception {
        start();
        VideoTask standing = videoOf(send(remix, "A puppy", KEY, "order-1"));

        Exchange out = send(remix, "A kitten", KEY, "order-1");

        assertThat(failureOf(out, KeyConflictException.class))
                .hasMessageContainingAll("order-1", standing.id(), "Nothing was sent");
    }

    @Test
    void anotherRequestMayUseAKeyThatWasRejected() throws Exception {
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
    void requireRequestKeyRejectsASubmitWithoutAKey() throws Exception {
        options().setRequireRequestKey(true);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(failureOf(out, BadRequestException.class))
                .hasMessageContainingAll(KEY, "requestKey", "nothing was paid");
        assertPaid(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "option"})
    void requireRequestKeyAcceptsAHeaderOrAnOption(String where) throws Exception {
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
    @ValueSource(strings = {"", "  ", "\u200B\u2060"})
    void aBlankKeyIsRejectedBecauseANewOneWouldBePaidForEachTime(String blank) throws Exception {
        start();

        Exchange out = send(remix, "A puppy", KEY, blank);

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("key is empty");
        assertPaid(0);
    }

    @Test
    void anOptionThatFindsNothingInTheMessageIsRejected() throws Exception {
        start();

        Exchange out = send(remix + "&requestKey=${header.JMSMessageID}", "A puppy");

        assertThat(out.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll("requestKey", "${header.JMSMessageID}", "nothing was paid");
        assertPaid(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u200B"})
    void aKeyWithAPartThatIsEmptyIsRejectedBecauseAllSuchOrdersWouldShareIt(String empty) throws Exception {
        start();

        for (String option : new String[] {"requestKey=order-${header.orderId}", "tenant=shop-${header.orderId}"}) {
            Exchange out = send(remix + "&" + option, "A puppy", "orderId", empty);

            assertThat(out.getException())
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContainingAll("${header.orderId}", "is empty", "nothing was paid");
        }
        assertPaid(0);
    }

    @Test
    void aPromptWithAPartThatIsEmptyIsAPrompt() throws Exception {
        start();

        Exchange out = send(remix + "&prompt=A puppy ${header.style}", null, "style", "");

        assertThat(out.getException()).isNull();
    }

    static Stream<Object> valuesWithoutAText() {
        return Stream.of(
                new Object(),
                // As one argument.
                new Object[] {new String[] {"order-1"}},
                new int[] {1},
                Optional.of("order-1"),
                List.of(new Object()),
                (Supplier<String>) () -> "order-1",
                new ByteArrayInputStream("order-1".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutAText")
    void aKeyThatWouldBeAnotherOneWithEachReplayIsRejectedByItsType(Object value) throws Exception {
        start();

        Exchange header = send(remix, "A puppy", KEY, value);
        Exchange part = send(remix + "&requestKey=order-${header.order}", "A puppy", "order", value);

        assertThat(header.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll(value.getClass().getName(), KEY, "nothing was paid");
        assertThat(part.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll(value.getClass().getName(), "${header.order}", "nothing was paid");
        assertPaid(0);
    }

    static Stream<Object> valuesWithAText() {
        return Stream.of(
                "order-1",
                new StringBuilder("order-1"),
                4711,
                new BigDecimal("47.11"),
                new AtomicInteger(4711),
                true,
                'c',
                TimeUnit.DAYS,
                new UUID(1, 2),
                LocalDate.of(2026, 1, 1),
                Duration.ofDays(1),
                new Date(0),
                URI.create("urn:order:1"),
                "order-1".getBytes(StandardCharsets.UTF_8),
                JsonNodeFactory.instance.numberNode(4711));
    }

    @ParameterizedTest
    @MethodSource("valuesWithAText")
    void aKeyMayBeAnyValueWithATextOfItsOwn(Object value) throws Exception {
        start();

        Exchange header = send(remix, "A puppy", KEY, value);
        Exchange part = send(remix + "&requestKey=order-${header.order}", "A puppy", "order", value);

        assertThat(header.getException()).isNull();
        assertThat(part.getException()).isNull();
        assertThat(submittedKeys()).hasSize(2).noneMatch(key -> key.contains("@"));
    }

    @Test
    void aFailedTaskFailsTheSameWayForEachSubmitUnderItsKey() throws Exception {
        start();
        Exchange first = send(remix, "A puppy [fail]", KEY, "order-1");

        Exchange second = send(remix, "A puppy [fail]", KEY, "order-1");

        assertThat(failureOf(second, TaskFailedException.class).getTaskId())
                .isEqualTo(failureOf(first, TaskFailedException.class).getTaskId());
        assertPaid(1);
    }

    @Test
    void theKeyHeaderIsRemovedSoThatTheNextStepDoesNotInheritIt() throws Exception {
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
    void keysOfTwoAccountsAreSeparate() throws Exception {
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
