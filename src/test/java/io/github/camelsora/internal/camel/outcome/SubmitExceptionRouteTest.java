package io.github.camelsora.internal.camel.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.SoraTestSupport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a submit that did not become a task ends: the type, what became of it, and whether it may be sent again. */
class SubmitExceptionRouteTest extends SoraTestSupport {
    private String remix;

    @BeforeEach
    void startWithASource() throws Exception {
        remix = "sora:remix?requestKey=order-1&videoId=" + toApis.addSource();
        start();
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of(400, "invalid_request", BadRequestException.class),
                Arguments.of(400, "webhook_not_configured", BadRequestException.class),
                Arguments.of(401, "unauthorized", AuthenticationException.class),
                Arguments.of(402, "insufficient_quota", InsufficientCreditsException.class),
                Arguments.of(403, "quota_not_enough", InsufficientCreditsException.class),
                Arguments.of(404, "task_not_found", TaskNotFoundException.class),
                Arguments.of(405, "method_not_allowed", BadRequestException.class),
                Arguments.of(413, "too_large", BadRequestException.class),
                Arguments.of(415, "unsupported", BadRequestException.class),
                Arguments.of(422, "content_policy_violation", ContentRefusedException.class));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void aRejectionHasItsTypeAndMayBeSentAgain(int status, String word, Class<? extends SoraException> type) {
        String body = "{\"error\": {\"code\": \"%s\", \"message\": \"So it is\"}}".formatted(word);
        toApis.on(Call.SUBMIT).answer(status, body);

        SoraException rejected = remixFails();

        assertThat(rejected).isExactlyInstanceOf(type).hasMessageContaining("So it is");
        assertAbout(rejected, SubmitOutcome.REJECTED, true);
    }

    @Test
    void theServiceItselfRejectsAWrongKey() {
        toApis.revokeApiKey(toApis.apiKey());

        assertThat(remixFails()).isExactlyInstanceOf(AuthenticationException.class);
    }

    @Test
    void theServiceItselfRejectsWithoutCredits() {
        toApis.credits(0);

        assertThat(remixFails()).isExactlyInstanceOf(InsufficientCreditsException.class);
    }

    @Test
    void theServiceItselfRejectsAPrompt() {
        assertThat(failureOf(remix, "A puppy [refuse]")).isExactlyInstanceOf(ContentRefusedException.class);
    }

    @Test
    void aRequestThatTheServiceWouldRejectIsNotSent() {
        SoraException rejected = failureOf(remix + "&duration=25", "A puppy");

        assertThat(rejected).isExactlyInstanceOf(BadRequestException.class).hasMessageContainingAll("10", "15");
        assertThat(rejected.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void aRequestThatTheServiceWouldRejectIsSentWithoutValidateRequest() {
        SoraException rejected = failureOf(remix + "&duration=25&validateRequest=false", "A puppy");

        assertAbout(rejected, SubmitOutcome.REJECTED, true);
        assertThat(submitted().path("duration").intValue()).isEqualTo(25);
    }

    @Test
    void tooManyRequestsAreNotSentAndSayWhenToRetry() {
        toApis.on(Call.SUBMIT).answer(429, "{\"error\": {\"code\": \"rate_limit_exceeded\"}}", "Retry-After: 7");

        SoraException limited = failureOf(remix + "&submitTimeout=5000", "A puppy");

        assertThat(limited).isExactlyInstanceOf(RateLimitedException.class);
        assertThat(((RateLimitedException) limited).getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertAbout(limited, SubmitOutcome.NOT_SENT, true);
    }

    @Test
    void aLimiterThatIsDownMeansNotSent() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_UNAVAILABLE);

        SoraException unavailable = failureOf(remix + "&submitTimeout=900", "A puppy");

        assertThat(unavailable).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertAbout(unavailable, SubmitOutcome.NOT_SENT, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aRequestThatWasNotSentIsSentAgainInItsTurn(int status) {
        toApis.on(Call.SUBMIT).times(1).answer(status, "{\"error\": {\"code\": \"rate_limit_unavailable\"}}");

        assertThat(send(remix, "A puppy").getException()).isNull();

        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d", "https://127.0.0.1:%d", "http://no-such-host.test:%d"})
    void withoutAConnectionNothingWasSent(String base) throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            closed.close();
            String elsewhere = remix + "&submitTimeout=900&apiKey=sk-other&baseUrl=" + base.formatted(port);

            SoraException unavailable = failureOf(elsewhere, "A puppy");

            assertThat(unavailable).isExactlyInstanceOf(ServiceUnavailableException.class);
            assertAbout(unavailable, SubmitOutcome.NOT_SENT, true);
        }
    }

    static Stream<Consumer<SubmitExceptionRouteTest>> lostAnswers() {
        return Stream.of(
                test -> test.toApis.on(Call.SUBMIT).cut(),
                test -> test.toApis.on(Call.SUBMIT).afterProcessing().cut(),
                test -> test.toApis.on(Call.SUBMIT).cutBody(),
                test -> test.toApis.on(Call.SUBMIT).refuse(ApiError.INTERNAL_ERROR),
                test -> test.toApis.on(Call.SUBMIT).answer(503, "<html>Busy</html>", "Content-Type: text/html"),
                test -> test.toApis.on(Call.SUBMIT).answer(502, ""),
                test -> test.toApis.on(Call.SUBMIT).answer(504, ""),
                test -> test.toApis.on(Call.SUBMIT).answer(408, "{}"),
                test -> test.toApis.on(Call.SUBMIT).answer(409, "{}"),
                test -> test.toApis.on(Call.SUBMIT).answer(418, "{}"),
                test -> test.toApis.on(Call.SUBMIT).answer(200, "{\"status\": \"queued\"}"),
                test -> test.toApis.on(Call.SUBMIT).answer(200, "<html>Welcome</html>"),
                test -> test.toApis.on(Call.SUBMIT).answer(204, ""),
                test -> test.toApis.on(Call.SUBMIT).delay(Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aLostAnswerIsUnknownAndNeverSentAgain(Consumer<SubmitExceptionRouteTest> fault) {
        toApis.lookup(LookUp.OFF);
        fault.accept(this);

        SoraException unknown = failureOf(remix + "&responseTimeout=500&recoveryTimeout=50", "A puppy");

        assertThat(unknown).isExactlyInstanceOf(SubmissionUnknownException.class);
        assertAbout(unknown, SubmitOutcome.UNKNOWN, false);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderAKnownKeyIsAConflict() {
        send(remix, "A puppy");

        SoraException conflict = failureOf(remix, "A kitten");

        assertThat(conflict).isExactlyInstanceOf(KeyConflictException.class);
        assertThat(conflict.getTaskKey()).isEqualTo("order-1");
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aRejectedRequestMayBeSentAgainUnderItsKey() {
        toApis.credits(0);
        remixFails();
        toApis.credits(20);
        sora().operator().resume("default", OPERATOR);

        assertThat(send(remix, "A puppy").getException()).isNull();

        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    private SoraException remixFails() {
        return failureOf(remix, "A puppy");
    }

    private SoraException failureOf(String uri, Object body) {
        Exception failure = send(uri, body).getException();
        assertThat(failure).isInstanceOf(SoraException.class);
        return (SoraException) failure;
    }

    private static void assertAbout(SoraException failure, SubmitOutcome outcome, boolean isSafeToResend) {
        assertThat(failure.getOutcome()).isEqualTo(outcome);
        assertThat(failure.isSafeToResend()).isEqualTo(isSafeToResend);
        assertThat(failure.getTaskKey()).isEqualTo("order-1");
        assertThat(failure.getTaskId()).isNull();
    }
}
