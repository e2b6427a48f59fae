package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The word chooses what a route is shown, the number what became of the submit; and the reason is found where it stands. */
class RejectionReasonTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");
    private static final String KEY = "sk-s3cret";

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(
                        400,
                        "{'error':{'code':'content_policy_violation','message':'blocked','type':'invalid_request_error'}}",
                        ContentRefusedException.class),
                Arguments.of(
                        400,
                        "{'error':{'code':'moderation_blocked','type':'video_generation_user_error','param':null}}",
                        ContentRefusedException.class),
                Arguments.of(400, "{'Code':'InputTextSensitiveContentDetected'}", ContentRefusedException.class),
                Arguments.of(403, "{'error':{'type':'CONTENT_FILTER'}}", ContentRefusedException.class),
                Arguments.of(
                        400,
                        "{'error':{'code':400,'message':'{\\'error\\':{\\'code\\':\\'content_policy_violation\\'}}'}}",
                        ContentRefusedException.class),
                Arguments.of(
                        400,
                        "{'error':{'code':'insufficient_quota','message':'x'}}",
                        InsufficientCreditsException.class),
                Arguments.of(400, "{'error':'insufficient_quota'}", InsufficientCreditsException.class),
                Arguments.of(
                        400,
                        "{'error':{'type':'invalid_request_error','message':'Insufficient balance'}}",
                        InsufficientCreditsException.class),
                Arguments.of(400, "{'detail':{'type':'Insufficient-Balance'}}", InsufficientCreditsException.class),
                Arguments.of(
                        401,
                        "{'error':{'type':'insufficient_user_quota','code':'new_api_error'}}",
                        InsufficientCreditsException.class),
                Arguments.of(403, "{'message':'Your balance is not enough'}", InsufficientCreditsException.class),
                Arguments.of(
                        422, "{'error':{'code':'billing_hard_limit_reached'}}", InsufficientCreditsException.class),
                Arguments.of(
                        400, "{'error':{'code':'pre_consume_token_quota_failed'}}", InsufficientCreditsException.class),
                Arguments.of(400, "{'error':{'code':'invalid_api_key'}}", AuthenticationException.class),
                Arguments.of(400, "{'code':'task_not_exist','message':'m','data':null}", TaskNotFoundException.class),
                Arguments.of(
                        404,
                        "{'error':{'code':'model_not_found','message':'The model `m` does not exist'}}",
                        ModelUnavailableException.class),
                Arguments.of(400, "{'error':{'type':'MODEL_NOT_FOUND'}}", ModelUnavailableException.class),
                Arguments.of(
                        404, "{'error':{'code':404,'message':'Model not found'}}", ModelUnavailableException.class),
                Arguments.of(
                        400,
                        "{'error':{'code':'invalid_request','message':'model sora-2 is not found'}}",
                        ModelUnavailableException.class),
                Arguments.of(
                        400,
                        "{'error':{'code':400,'message':'{\\'error\\':{\\'code\\':\\'model_not_found\\'}}'}}",
                        ModelUnavailableException.class),
                Arguments.of(
                        400,
                        "{'error':{'code':400,'message':'{\\'error\\':{\\'message\\':\\'Model not found\\'}}'}}",
                        ModelUnavailableException.class),
                Arguments.of(
                        403,
                        "{'message':'No available channel for model sora-2 under group default'}",
                        ModelUnavailableException.class),
                Arguments.of(
                        404,
                        "{'error':{'code':'task_not_found','message':'The video of this model is not found'}}",
                        TaskNotFoundException.class),
                Arguments.of(
                        422,
                        "{'detail':[{'type':'missing','loc':['body','duration'],'msg':'Field required'}]}",
                        BadRequestException.class),
                Arguments.of(422, "{'error':{'code':'content_policy_violation'}}", ContentRefusedException.class),
                Arguments.of(400, "{'error':{'code':'invalid_request','message':'m'}}", BadRequestException.class));
    }

    @ParameterizedTest
    @MethodSource("words")
    void theWordOfARejectionChoosesItsException(int status, String body, Class<? extends SoraException> exception) {
        SoraException refusal = refusal(status, body);

        assertThat(refusal).isExactlyInstanceOf(exception);
        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error':{'message':'You exceeded your current quota, please check your plan and billing details.',"
                        + "'type':'insufficient_quota','param':null,'code':'insufficient_quota'}}",
                "{'error':{'code':'user_quota_not_enough','message':'user quota is not enough','type':'new_api_error'}}",
                "{'error':{'message':'{\\'code\\':\\'quota_not_enough\\'}'}}",
                "{'msg':'Insufficient credits'}",
                "{'error':{'code':429,'message':'用户余额不足'}}",
            })
    void a429WithoutCreditsIsRejectedAtOnce(String body) {
        assertThat(refusal(429, body)).isExactlyInstanceOf(InsufficientCreditsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aModelThatIsNotThereByAnAnswerThatLeavesTheOutcomeOpenIsNotCertainlyUnpaid(int status) {
        SubmitAnswer answer =
                read(status, "{'error':{'code':'model_not_found','message':'No available channel for model sora-2'}}");

        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Unknown.class, unknown -> assertThat(unknown.reason())
                .contains("No available channel for model sora-2"));
    }

    @Test
    void a429AboutTheModelIsSentAgain() {
        SubmitAnswer answer = read(429, "{'error':{'message':'No available channel for model sora-2'}}");

        assertThat(answer).isInstanceOf(SubmitAnswer.NotAccepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'error':{'code':'rate_limit_exceeded','message':'Async task request rate exceeded'}}",
                "{'error':{'code':429,'status':'RESOURCE_EXHAUSTED','type':'rate_limit_error',"
                        + "'message':'You exceeded your current quota, please check your plan and billing details.'}}",
                "{'error':{'code':'too_many_requests','message':'not enough quota for this minute'}}",
                "{'error':{'code':'quota_exceeded','message':'Quota exceeded for requests per minute'}}",
                "<html>429 Too Many Requests</html>",
            })
    void a429AboutTheRateIsSentAgain(String body) {
        SubmitAnswer answer = read(429, body);

        assertThat(answer)
                .isInstanceOfSatisfying(SubmitAnswer.NotAccepted.class, notAccepted -> assertThat(notAccepted.kind())
                        .isEqualTo(SubmitAnswer.NotAccepted.Kind.RATE_LIMITED));
    }

    @ParameterizedTest
    @CsvSource({
        "500, content_policy_violation",
        "500, insufficient_quota",
        "503, insufficient_quota",
        "409, moderation_blocked",
        "200, insufficient_quota"
    })
    void noWordChangesWhatBecameOfASubmit(int status, String word) {
        assertThat(read(status, "{'error':{'code':'" + word + "','message':'m'}}"))
                .isInstanceOf(SubmitAnswer.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'Code':'InvalidParameter','Message':'bad'} | bad (InvalidParameter)",
                "400 | {'detail':'The model does not exist'} | The model does not exist",
                "400 | {'errors':[{'code':'E1','message':'duration must be 10'}]} | duration must be 10 (E1)",
                "400 | {'message':{'text':'bad'}} | : bad)",
                "400 | {'type':'about:blank','title':'Bad Request','status':400,'detail':'not so'} | : not so)",
                "400 | {'title':'Bad Request','status':400} | : Bad Request)",
                "422 | {'detail':[{'type':'missing','loc':['body','duration'],'msg':'Field required'}]}"
                        + " | body.duration: Field required (missing)",
                "400 | {'errors':['one','two']} | one; two",
                "400 | {'errorMessage':'bad'} | bad",
                "400 | {'error':{},'fail_reason':'bad'} | bad",
                "400 | {'error':true,'msg':'bad'} | bad",
                "400 | {'error':{'code':'','message':''},'msg':'bad'} | bad",
                "400 | {'shiny':{'why':'bad'}} | {'shiny':{'why':'bad'}}",
                "400 | [{'why':'bad'}] | [{'why':'bad'}]",
                "200 | {'code':402,'msg':'Credits insufficient','data':null} | HTTP 200: Credits insufficient (402)",
                "200 | {'success':false,'data':null} | {'success':false,'data':null}",
                "500 | {'detail':'broken'} | HTTP 500: broken",
            })
    void theReasonIsFoundWhereItStands(int status, String body, String reason) {
        assertThat(words(read(status, body))).contains(reason.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 429, 500})
    void aBodyThatIsQuotedHoldsNoSecretAndIsCut(int status) {
        String body = "{'url':'https://f.test/x?sig=s3cret','why':'Bearer s3cret','key':'" + KEY + "','x':'"
                + "y".repeat(10_000) + "'}";

        assertThat(words(read(status, body)))
                .contains("f.test")
                .doesNotContain("s3cret")
                .hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "404, <html>nginx</html>",
        "404, '{\"error\":{\"message\":\"Invalid URL (POST /v1/v1/videos)\",\"type\":\"invalid_request_error\"}}'",
        "405, <html>nginx</html>",
    })
    void aRejectionThatMayComeFromAnotherServiceNamesTheBase(int status, String body) {
        assertThat(refusal(status, body)).hasMessageContaining("baseUrl");
    }

    @Test
    void aMissingVideoDoesNotPointAtBaseUrl() {
        assertThat(refusal(404, "{'error':{'code':'task_not_found','message':'m'}}"))
                .hasMessageContaining("video id")
                .hasMessageNotContaining("baseUrl");
    }

    @Test
    void aQueryThatIsRejectedForLackOfCreditsSaysSoAndIsRepeated() {
        QueryAnswer answer = query(429, "{'error':{'code':'insufficient_quota','message':'m'}}");

        assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
        assertThat(answer.failure()).isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThat(answer.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(query(402, "{'error':{'code':'insufficient_quota'}}").failure())
                .isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThat(query(429, "{}").failure()).isExactlyInstanceOf(RateLimitedException.class);
    }

    @ParameterizedTest
    @CsvSource({"200", "400", "500"})
    void aQueryQuotesTheReasonToo(int status) {
        assertThat(query(status, "{'code':402,'msg':'Credits insufficient','data':null}")
                        .failure())
                .hasMessageContainingAll("HTTP " + status, "Credits insufficient", "video_1");
    }

    private static SoraException refusal(int status, String body) {
        SubmitAnswer answer = read(status, body);
        assertThat(answer).isInstanceOf(SubmitAnswer.Rejected.class);
        return ((SubmitAnswer.Rejected) answer).reason();
    }

    private static String words(SubmitAnswer answer) {
        return answer instanceof SubmitAnswer.Rejected rejected
                ? rejected.reason().getMessage()
                : answer.toString();
    }

    private static QueryAnswer query(int status, String body) {
        return QueryAnswerReader.read(answer(status, body), "video_1", BASE, null);
    }

    private static SubmitAnswer read(int status, String body) {
        return SubmitAnswerReader.read(answer(status, body), "key-1", BASE, KEY, null);
    }

    private static WireAnswer answer(int status, String body) {
        // Quotes inside quotes are escaped, as JSON inside a message has them.
        String json = body.replace("\\'", "\\\\'").replace("\\\\'", "\\\"").replace('\'', '"');
        return new WireAnswer(status, Duration.ofSeconds(7), null, json.getBytes(StandardCharsets.UTF_8));
    }
}
