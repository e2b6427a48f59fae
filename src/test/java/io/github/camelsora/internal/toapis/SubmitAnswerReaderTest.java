package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of rule 1 as far as it is about answers: each HTTP status with each shape that a body may have. */
class SubmitAnswerReaderTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");
    private static final String ID = "{\"id\": \"video_1\", \"status\": \"queued\"}";
    private static final List<Integer> REFUSALS = List.of(400, 401, 402, 403, 404, 405, 413, 415, 422);

    /** Bodies of answers that are not 2xx. That a refused or failed request has an id makes it no task. */
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "null",
            ID,
            "{\"error\": {\"code\": 500, \"message\": \"m\", \"type\": \"t\"}}",
            "{\"error\": {\"code\": \"internal_error\", \"message\": \"m\"}}",
            "{\"code\": \"task_not_exist\", \"message\": \"m\", \"data\": null}",
            "{\"error\": {\"code\": 500, \"message\": \"{\\\"error\\\": {\\\"code\\\": \\\"x\\\"}}\"}}",
            "<html><body><h1>Bad Gateway</h1></body></html>",
            "{\"error\": {\"code\": \"cut",
            "\u0000\ufffd\u001b[31m");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 203, 299})
    void a2xxWithAnIdIsAccepted(int status) {
        SubmitAnswer answer = read(status, ID);

        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                "{\"task_id\": \"video_1\"}",
                "{\"id\": \"video_1\", \"status\": \"\"}",
                "{\"id\": \"video_1\", \"object\": \"video\", \"seconds\": \"12\"}",
                "{\"code\": 200, \"data\": [{\"status\": \"submitted\", \"task_id\": \"video_1\"}]}",
            })
    void anAcceptedTaskHasItsIdAndOurKey(String body) {
        SubmitAnswer answer = read(200, body);

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.Accepted.class))
                .extracting(accepted -> accepted.task().id(), accepted -> accepted.task()
                        .key())
                .containsExactly("video_1", "key-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "\"video_1\"",
                "{\"id\": null}",
                "{\"id\": \"\"}",
                "{\"object\": \"generation.task\", \"status\": \"queued\"}",
                "{\"code\": 200, \"data\": []}",
                "{\"success\": false, \"message\": \"no\"}",
                "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"no\"}}",
                "{\"id\": \"video_1\", \"sta",
                "{\"id\": \"video_1\"} {\"id\": \"video_2\"}",
                "<html>OK</html>",
            })
    void a2xxWithoutAnIdThatCanBeReadIsUnknown(String body) {
        SubmitAnswer answer = read(200, body);

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @Test
    void whatIsUnknownSaysWhatTheServiceAnswered() {
        assertThat(read(200, "{}"))
                .asInstanceOf(type(SubmitAnswer.Unknown.class))
                .extracting(SubmitAnswer.Unknown::reason)
                .asString()
                .contains("without a readable task id", "HTTP 200");
        assertThat(read(502, "Bad Gateway"))
                .asInstanceOf(type(SubmitAnswer.Unknown.class))
                .extracting(SubmitAnswer.Unknown::reason)
                .asString()
                .contains("502", "Bad Gateway")
                .doesNotContain("readable task id");
    }

    @Test
    void a204IsUnknown() {
        SubmitAnswer answer = read(204, "");

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 405, 413, 415, 422})
    void aRejectionIsARejectionWhateverItsBody(int status) {
        Stream<SubmitAnswer> answers = BODIES.stream().map(body -> read(status, body));

        assertThat(answers).hasOnlyElementsOfType(SubmitAnswer.Rejected.class);
    }

    @Test
    void tooManyIsNotSentWhateverItsBody() {
        Stream<SubmitAnswer> answers = BODIES.stream().map(body -> read(429, body));

        assertThat(answers).hasOnlyElementsOfType(SubmitAnswer.NotAccepted.class);
    }

    @Test
    void tooManyRequestsDifferFromNoConnection() {
        SubmitAnswer answer = read(429, "");

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.NotAccepted.class))
                .extracting(SubmitAnswer.NotAccepted::kind)
                .isEqualTo(SubmitAnswer.NotAccepted.Kind.RATE_LIMITED);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                300, 301, 302, 303, 304, 307, 308, 406, 407, 408, 409, 410, 411, 412, 414, 416, 417, 418, 421, 423, 424,
                425, 426, 428, 431, 451, 499, 500, 501, 502, 503, 504, 505, 520, 522, 524, 599
            })
    void everythingElseIsUnknownWhateverItsBody(int status) {
        Stream<SubmitAnswer> answers = BODIES.stream().map(body -> read(status, body));

        assertThat(answers).hasOnlyElementsOfType(SubmitAnswer.Unknown.class);
    }

    @Test
    void noStatusIsForgotten() {
        IntStream unknown =
                IntStream.range(300, 1000).filter(status -> read(status, "") instanceof SubmitAnswer.Unknown);

        assertThat(unknown).hasSize(700 - REFUSALS.size() - 1).doesNotContainAnyElementsOf(REFUSALS);
    }

    @Test
    void aRejectionsOutcomeIsRejected() {
        SoraException refusal = refusal(400, "");

        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"code\": \"rate_limit_unavailable\", \"message\": \"down\"}}",
                "{\"code\": \"rate_limit_unavailable\", \"message\": \"down\", \"data\": null}",
            })
    void a503OfTheLimiterIsNotSent(String body) {
        SubmitAnswer answer = read(503, body);

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.NotAccepted.class))
                .extracting(SubmitAnswer.NotAccepted::kind)
                .isEqualTo(SubmitAnswer.NotAccepted.Kind.LIMITER_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"code\": \"service_unavailable\", \"message\": \"rate_limit_unavailable\"}}",
                "{\"error\": {\"code\": \"RATE_LIMIT_UNAVAILABLE!\", \"message\": \"down\"}}",
                "<p>rate_limit_unavailable</p>",
                "rate_limit_unavailable",
            })
    void a503ThatMerelyMentionsTheLimiterIsUnknown(String body) {
        SubmitAnswer answer = read(503, body);

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 408, 409})
    void theLimitersWordCountsOnA503Only(int status) {
        SubmitAnswer answer = read(status, "{\"error\": {\"code\": \"rate_limit_unavailable\"}}");

        assertThat(answer).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void theTimeToWaitIsHandedOn(int status) {
        SubmitAnswer answer = SubmitAnswerReader.read(
                answer(status, "{\"error\": {\"code\": \"rate_limit_unavailable\"}}", Duration.ofSeconds(7)),
                "key-1",
                BASE,
                null,
                null);

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.NotAccepted.class))
                .extracting(SubmitAnswer.NotAccepted::retryAfter)
                .isEqualTo(Duration.ofSeconds(7));
    }

    static Stream<Arguments> exceptions() {
        String quota = "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"m\"}}";
        String seenQuota = "{\"code\": \"quota_not_enough\", \"message\": \"m\", \"data\": null}";
        String page = "<html></html>";
        return Stream.of(
                Arguments.of(400, page, BadRequestException.class),
                Arguments.of(401, page, AuthenticationException.class),
                Arguments.of(402, page, InsufficientCreditsException.class),
                Arguments.of(402, quota, InsufficientCreditsException.class),
                Arguments.of(403, quota, InsufficientCreditsException.class),
                Arguments.of(403, seenQuota, InsufficientCreditsException.class),
                Arguments.of(403, page, AuthenticationException.class),
                Arguments.of(404, page, TaskNotFoundException.class),
                Arguments.of(405, page, BadRequestException.class),
                Arguments.of(413, page, BadRequestException.class),
                Arguments.of(415, page, BadRequestException.class),
                Arguments.of(422, page, ContentRefusedException.class));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void eachRejectionHasItsException(int status, String body, Class<? extends SoraException> exception) {
        SoraException refusal = refusal(status, body);

        assertThat(refusal).isExactlyInstanceOf(exception);
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "402", "403", "404", "405", "413", "415", "422"})
    void aRejectionSaysWhatTheServiceSaidAndThatNothingWasPaid(int status) {
        SoraException refusal = refusal(status, "{\"error\": {\"code\": \"word\", \"message\": \"Because of this\"}}");

        assertThat(refusal)
                .hasMessageContainingAll(Integer.toString(status), "word", "Because of this", "Nothing was paid");
    }

    @Test
    void aRejectionKnowsTheKeyOfItsTask() {
        SoraException refusal = refusal(400, "");

        assertThat(refusal.getTaskKey()).isEqualTo("key-1");
    }

    @Test
    void aRejectionOfOurKeysFieldTellsHowToLeaveItOut() {
        SoraException refusal = refusal(400, "{\"error\": {\"message\": \"unknown field client_business_id\"}}");

        assertThat(refusal).hasMessageContaining("sendRequestKey=false");
    }

    @Test
    void aRejectionOfAnotherFieldDoesNotSpeakOfOurKey() {
        SoraException refusal = refusal(400, "{\"error\": {\"message\": \"unknown field style\"}}");

        assertThat(refusal).hasMessageNotContaining("sendRequestKey");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 402, 403, 404, 422, 429, 500, 503})
    void noAnswerLetsASignedAddressThrough(int status) {
        SubmitAnswer answer =
                read(status, "{\"error\": {\"message\": \"Bad: https://f.test/x.mp4?sig=s3cret and Bearer s3cret\"}}");

        assertThat(words(answer)).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"code\": \"upstream_error\","
                        + " \"message\": \"{\\\"error\\\": {\\\"code\\\": \\\"rate_limit_unavailable\\\"}}\"}}",
                "{\"error\": {\"message\": \"{\\\"code\\\": \\\"rate_limit_unavailable\\\"}\"}}",
                "{\"message\": \"{\\\"code\\\": \\\"rate_limit_unavailable\\\"}\"}"
            })
    void aLimiterThatIsDownFurtherUpSaysNothingOfWhatWasAccepted(String body) {
        assertThat(ApiError.ofBody(body.getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("rate_limit_unavailable");

        assertThat(read(503, body)).isInstanceOf(SubmitAnswer.Unknown.class);
    }

    private static String words(SubmitAnswer answer) {
        return answer instanceof SubmitAnswer.Rejected rejected
                ? rejected.reason().getMessage()
                : answer.toString();
    }

    private static SoraException refusal(int status, String body) {
        assertThat(read(status, body)).isInstanceOf(SubmitAnswer.Rejected.class);
        return ((SubmitAnswer.Rejected) read(status, body)).reason();
    }

    // Messages are logged, and a filter may quote what it rejects.
    @ParameterizedTest
    @ValueSource(strings = {"A plain prompt", "A \"quoted\" prompt\nof two lines", "Ein Pömpel für München"})
    void aPromptThatTheServiceQuotesIsNotInTheMessage(String prompt) {
        String body = Json.write(Map.of("error", Map.of("message", "Refused: " + prompt + "!")));

        SubmitAnswer answer = SubmitAnswerReader.read(answer(400, body, null), "key-1", BASE, null, prompt);

        assertThat(((SubmitAnswer.Rejected) answer).reason()).hasMessageContaining("Refused: ***!");
    }

    @Test
    void aShortPromptMayBeAPartOfTheReason() {
        SubmitAnswer answer = SubmitAnswerReader.read(
                answer(400, "{\"error\": {\"message\": \"No cat\"}}", null), "key-1", BASE, null, "cat");

        assertThat(((SubmitAnswer.Rejected) answer).reason()).hasMessageContaining("No cat");
    }

    @Test
    void theIdOfATaskIsReadAlsoWhenThePromptIsAPartOfIt() {
        SubmitAnswer answer = SubmitAnswerReader.read(
                answer(200, "{\"id\": \"video_0123456789\"}", null), "key-1", BASE, null, "video_0123456789");

        assertThat(((SubmitAnswer.Accepted) answer).task().id()).isEqualTo("video_0123456789");
    }

    private static SubmitAnswer read(int status, String body) {
        return SubmitAnswerReader.read(answer(status, body, null), "key-1", BASE, null, null);
    }

    private static WireAnswer answer(int status, String body, Duration retryAfter) {
        return new WireAnswer(status, retryAfter, null, body.getBytes(StandardCharsets.UTF_8));
    }
}
