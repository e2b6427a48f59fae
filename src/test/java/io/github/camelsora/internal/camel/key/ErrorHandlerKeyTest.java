package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An error handler that redelivers a failed remix never pays for it twice, wherever it stands and whatever has failed. */
class ErrorHandlerKeyTest extends KeyTestSupport {
    private int redeliveries = 2;

    /** Where an error handler stands, and of what kind it is. */
    enum Handler {
        ROUTE_SCOPE,
        BUILDER_SCOPE,
        CONTEXT_SCOPE,
        ON_EXCEPTION,
        ASYNCHRONOUS_DELAY,
        DEAD_LETTER,
        DEAD_LETTER_OF_THE_ORIGINAL_MESSAGE;

        boolean hasDeadLetters() {
            return this == DEAD_LETTER || this == DEAD_LETTER_OF_THE_ORIGINAL_MESSAGE;
        }
    }

    /** Why the first delivery fails, when the second can succeed. */
    enum Passing {
        WAIT_TIMED_OUT,
        ANSWER_LOST_AND_FOUND_LATER,
        REJECTED,
        NOT_SENT
    }

    static Stream<Arguments> allShapes() {
        return Arrays.stream(Handler.values())
                .flatMap(handler -> Arrays.stream(Passing.values()).map(failure -> Arguments.of(handler, failure)));
    }

    @ParameterizedTest
    @MethodSource("allShapes")
    void aRedeliveryGetsTheVideoUnderTheSameKeyAndPaysOnce(Handler handler, Passing failure) throws Exception {
        Processor healing = arrange(failure);
        start(remixUnder(handler, healing));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertThat(submittedKeys().stream().distinct()).hasSize(1);
        assertThat(toApis.books().charged()).isEqualTo(PRICE);
        boolean isSentAgain = failure == Passing.REJECTED || failure == Passing.NOT_SENT;
        assertThat(toApis.books().submitsReceived()).isEqualTo(isSentAgain ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource(Handler.class)
    void aLostAnswerIsRedeliveredInVainAndNeverPosted(Handler handler) throws Exception {
        loseTheNextAnswer();
        start(remixUnder(handler, exchange -> {}));

        Exchange out = send("direct:in", "A puppy");

        assertThat(failureOf(out, SubmissionUnknownException.class).getTaskKey())
                .isEqualTo(submittedKeys().get(0));
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource(Handler.class)
    void aFailedTaskFailsTheSameWayAgainAndIsNotPaidAgain(Handler handler) throws Exception {
        start(remixUnder(handler, exchange -> {}));

        Exchange out = send("direct:in", "A puppy [fail]");

        assertThat(failureOf(out, TaskFailedException.class).getTaskKey())
                .isEqualTo(submittedKeys().get(0));
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Handler.class,
            names = {"DEAD_LETTER", "DEAD_LETTER_OF_THE_ORIGINAL_MESSAGE"})
    void aDeadLetterIsHandledAfterAllRedeliveries(Handler handler) throws Exception {
        loseTheNextAnswer();
        start(remixUnder(handler, exchange -> {}));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        String whatItIs = handler == Handler.DEAD_LETTER ? "Prompt: A puppy" : "A puppy";
        assertThat(out.getMessage().getBody()).isEqualTo("dead: " + whatItIs);
    }

    /** Lets the first delivery fail, and gives what has to happen before the second can succeed. */
    private Processor arrange(Passing failure) {
        switch (failure) {
            case WAIT_TIMED_OUT -> {
                letTasksRunLong();
                remix += "&completionTimeout=30";
                redeliveries = 50;
                return completeTheTask;
            }
            case ANSWER_LOST_AND_FOUND_LATER -> {
                loseTheNextAnswer();
                // The same time as for the first search, which is in vain, so short for that and long for this one.
                remix += "&recoveryTimeout=700";
                return exchange -> toApis.lookup(LookUp.ON);
            }
            case REJECTED -> {
                toApis.credits(0);
                return exchange -> {
                    toApis.credits(PRICE);
                    sora().operator().resume("default", OPERATOR);
                };
            }
            case NOT_SENT -> {
                toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 1");
                remix += "&submitTimeout=900";
                return exchange -> {
                    // The whole account was asked to wait, and an earlier submit fails at once.
                    Instant over = Instant.now().plusSeconds(1);
                    await().atMost(LIMIT).until(() -> Instant.now().isAfter(over));
                };
            }
        }
        throw new AssertionError(failure);
    }

    private RouteBuilder remixUnder(Handler handler, Processor onRedelivery) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                DefaultErrorHandlerDefinition errors = errors();
                if (handler == Handler.BUILDER_SCOPE) {
                    errorHandler(errors);
                } else if (handler == Handler.CONTEXT_SCOPE) {
                    camel.getCamelContextExtension().setErrorHandlerFactory(errors);
                } else if (handler == Handler.ON_EXCEPTION) {
                    onException(SoraException.class)
                            .maximumRedeliveries(redeliveries)
                            .redeliveryDelay(1)
                            .onRedelivery(onRedelivery);
                }
                boolean isOfTheRoute = handler != Handler.BUILDER_SCOPE
                        && handler != Handler.CONTEXT_SCOPE
                        && handler != Handler.ON_EXCEPTION;
                (isOfTheRoute ? from("direct:in").errorHandler(errors) : from("direct:in"))
                        .setHeader("CamelSoraPrompt", body())
                        .setBody(simple("Prompt: ${body}"))
                        .to(remix)
                        .process(keepVideo);
                from("direct:dead").errorHandler(noErrorHandler()).setBody(simple("dead: ${body}"));
            }

            private DefaultErrorHandlerDefinition errors() {
                DefaultErrorHandlerDefinition errors =
                        handler.hasDeadLetters() ? deadLetterChannel("direct:dead") : defaultErrorHandler();
                errors.maximumRedeliveries(redeliveries).redeliveryDelay(1).onRedelivery(onRedelivery);
                if (handler == Handler.ASYNCHRONOUS_DELAY) {
                    errors.asyncDelayedRedelivery();
                }
                if (handler == Handler.DEAD_LETTER_OF_THE_ORIGINAL_MESSAGE) {
                    errors.useOriginalMessage();
                }
                return errors;
            }
        };
    }
}
