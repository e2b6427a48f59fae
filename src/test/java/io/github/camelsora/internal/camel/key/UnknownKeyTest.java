package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Books;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FaultRule;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.SimulatorClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One paid POST: what each answer to a submit leads to, with a service that knows our key, that forgets it, that rejects it,
 * and one that does not get it. A row is an answer, a column is a service, and the books of the service are the judge.
 */
class UnknownKeyTest extends KeyTestSupport {
    /** The answers to a submit. */
    enum Answer {
        TRUE(Meaning.ACCEPTED, fault -> {}),

        HTTP_400(BadRequestException.class, 400),
        HTTP_401(AuthenticationException.class, 401),
        HTTP_402(InsufficientCreditsException.class, 402),
        HTTP_403(AuthenticationException.class, 403),
        HTTP_404(TaskNotFoundException.class, 404),
        HTTP_405(BadRequestException.class, 405),
        HTTP_413(BadRequestException.class, 413),
        HTTP_415(BadRequestException.class, 415),
        HTTP_422(ContentRefusedException.class, 422),

        HTTP_429(Meaning.NOT_SENT, fault -> fault.answer(429, "{}", "Retry-After: 0")),
        LIMITER_DOWN(Meaning.NOT_SENT, fault -> fault.answer(503, limiterDown(), "Retry-After: 0")),

        HTTP_302(lost(302)),
        HTTP_307(lost(307)),
        HTTP_408(lost(408)),
        HTTP_409(lost(409)),
        HTTP_418(lost(418)),
        HTTP_500(lost(500)),
        HTTP_502(lost(502)),
        HTTP_503(lost(503)),
        HTTP_504(lost(504)),
        NO_CONTENT(lost(204)),
        WITHOUT_AN_ID(fault -> fault.answer(200, "{\"status\": \"queued\"}")),
        UNREADABLE(fault -> fault.answer(200, "<html>Welcome</html>", "Content-Type: text/html")),
        CUT(FaultRule::cut),
        CUT_IN_THE_BODY(FaultRule::cutBody),
        TOO_LATE(fault -> fault.delay(Duration.ofMillis(1_500))),
        BY_DROPS(fault -> fault.drip(Duration.ofMillis(50)));

        private final Meaning meaning;
        private final Class<? extends SoraException> rejection;
        private final Consumer<FaultRule> fault;

        Answer(Meaning meaning, Class<? extends SoraException> rejection, Consumer<FaultRule> fault) {
            this.meaning = meaning;
            this.rejection = rejection;
            this.fault = fault;
        }

        Answer(Meaning meaning, Consumer<FaultRule> fault) {
            this(meaning, null, fault);
        }

        Answer(Class<? extends SoraException> rejection, int status) {
            this(Meaning.REJECTED, rejection, fault -> fault.answer(status, "{}"));
        }

        Answer(Consumer<FaultRule> loss) {
            this(Meaning.UNKNOWN, null, loss);
        }

        private static Consumer<FaultRule> lost(int status) {
            return fault -> fault.answer(status, "{}", "Location: /v1/videos/elsewhere/remix");
        }

        private static String limiterDown() {
            return "{\"error\": {\"code\": \"rate_limit_unavailable\"}}";
        }
    }

    /** What an answer means, by the contract. */
    enum Meaning {
        ACCEPTED,
        REJECTED,
        NOT_SENT,
        UNKNOWN
    }

    /** What the service makes of our key. */
    enum Service {
        KNOWS_THE_KEY(LookUp.ON, true),
        FORGETS_THE_KEY(LookUp.OFF, true),
        REJECTS_THE_KEY(LookUp.REJECT, true),
        RECEIVES_NO_KEY(LookUp.REJECT, false);

        private final LookUp lookUp;
        private final boolean isSentTheKey;

        Service(LookUp lookUp, boolean isSentTheKey) {
            this.lookUp = lookUp;
            this.isSentTheKey = isSentTheKey;
        }

        boolean accepts() {
            return lookUp != LookUp.REJECT || !isSentTheKey;
        }
    }

    private final SimulatorClock clock = SimulatorClock.real();

    /** How a submit ends, for the service, the route and the ledger. */
    record End(long received, long accepted, long charged, Class<?> result, TaskState state) {
        static End of(Meaning meaning, Answer answer, Service service) {
            int sent = meaning == Meaning.NOT_SENT ? 2 : 1;
            if (meaning == Meaning.REJECTED) {
                return new End(sent, 0, 0, answer.rejection, TaskState.REJECTED);
            }
            boolean isLost = meaning == Meaning.UNKNOWN;
            if (!service.accepts() && !isLost) {
                return new End(sent, 0, 0, BadRequestException.class, TaskState.REJECTED);
            }
            int accepted = service.accepts() ? 1 : 0;
            return isLost && service != Service.KNOWS_THE_KEY
                    ? new End(1, accepted, accepted * PRICE, SubmissionUnknownException.class, TaskState.UNKNOWN)
                    : new End(sent, 1, PRICE, VideoTask.class, TaskState.DELIVERED);
        }
    }

    static Stream<Arguments> table() {
        return Arrays.stream(Answer.values())
                .flatMap(answer -> Arrays.stream(Service.values()).map(service -> Arguments.of(answer, service)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void oneRemixIsPaidOnceAtMost(Answer answer, Service service) throws Exception {
        End expected = End.of(answer.meaning, answer, service);
        boolean isFound = expected.result() == VideoTask.class;
        FaultRule fault = toApis.lookup(service.lookUp).on(Call.SUBMIT).times(1);
        answer.fault.accept(answer.meaning == Meaning.UNKNOWN ? fault.afterProcessing() : fault);
        sora().setLedger(new MemoryTaskLedger(clock, 1_000));
        start();

        CompletableFuture<Exchange> out = CompletableFuture.supplyAsync(() -> remix(answer, service, isFound));
        if (answer.meaning == Meaning.NOT_SENT) {
            hasten(clock, out);
        }

        assertThat(out).succeedsWithin(LIMIT);
        assertThat(endOf(out.join())).isEqualTo(expected);
    }

    static Stream<Answer> lostAnswers() {
        return Arrays.stream(Answer.values())
                .filter(answer -> answer.meaning == Meaning.UNKNOWN)
                .filter(answer -> answer != Answer.CUT_IN_THE_BODY && answer != Answer.BY_DROPS);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aSubmitThatWasLostBeforeItWasAcceptedIsNotSentAgainEither(Answer answer) throws Exception {
        answer.fault.accept(toApis.on(Call.SUBMIT).times(1));
        start();

        Exchange out = remix(answer, Service.KNOWS_THE_KEY, false);

        assertThat(endOf(out)).isEqualTo(new End(1, 0, 0, SubmissionUnknownException.class, TaskState.UNKNOWN));
    }

    private Exchange remix(Answer answer, Service service, boolean isFound) {
        options().setRecoveryTimeout(isFound ? LIMIT.toMillis() : 50);
        // Only what never comes in time ends by it; the rest is read on a busy machine too.
        boolean isLate = answer == Answer.TOO_LATE || answer == Answer.BY_DROPS;
        options().setResponseTimeout(isLate ? 500 : LIMIT.toMillis());
        return send(remix + "&requestKey=order-1&sendRequestKey=" + service.isSentTheKey, "A puppy");
    }

    private End endOf(Exchange out) {
        Books books = toApis.books();
        Object result = out.getException() != null
                ? out.getException()
                : out.getMessage().getBody();
        return new End(
                books.submitsReceived(),
                books.submitsAccepted(),
                books.charged(),
                result.getClass(),
                recordOf("order-1").state());
    }
}
