package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking is free, so nothing but an answer about the task itself says anything about the task. */
class QueryAnswerReaderTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");

    @Test
    void aTaskIsFound() {
        QueryAnswer answer = read(200, "{\"id\": \"video_1\", \"status\": \"in_progress\"}");

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.Found.class))
                .extracting(found -> found.task().id(), found -> found.task().status())
                .containsExactly("video_1", TaskStatus.IN_PROGRESS);
    }

    @Test
    void aFailedTaskIsFoundLikeAnyOther() {
        QueryAnswer answer = read(200, "{\"id\": \"video_1\", \"status\": \"failed\"}");

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.Found.class))
                .extracting(found -> found.task().status())
                .isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void whatWasFoundHasNoFailure() {
        QueryAnswer answer = read(200, "{\"id\": \"video_1\"}");

        assertThatIllegalStateException().isThrownBy(answer::failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "<html>", "{\"id\": \"video_1\"", "{\"code\": 200, \"data\": null}"})
    void a2xxThatCannotBeReadIsAskedAgain(String body) {
        QueryAnswer answer = read(200, body);

        assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"error\": {\"code\": \"task_not_found\", \"message\": \"m\"}}"})
    void a404MeansThatTheTaskIsMissing(String body) {
        QueryAnswer answer = read(404, body);

        assertThat(answer).isInstanceOf(QueryAnswer.NotFound.class);
    }

    @Test
    void a400ThatSaysSoMeansThatTheTaskIsMissing() {
        QueryAnswer answer = read(400, "{\"code\": \"task_not_exist\", \"message\": \"m\", \"data\": null}");

        assertThat(answer).isInstanceOf(QueryAnswer.NotFound.class);
    }

    @Test
    void aMissingTaskHasATypedException() {
        QueryAnswer answer = read(404, "");

        assertThat(answer.failure())
                .isInstanceOf(TaskNotFoundException.class)
                .hasMessageContainingAll("video_1", "404");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 405, 413, 415, 422})
    void aRejectedQueryIsRejected(int status) {
        QueryAnswer answer = read(status, "{\"error\": {\"code\": \"x\", \"message\": \"m\"}}");

        assertThat(answer).isInstanceOf(QueryAnswer.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyHasATypedException(int status) {
        QueryAnswer answer = read(status, "");

        assertThat(answer.failure()).isInstanceOf(AuthenticationException.class).hasMessageContaining("apiKey");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 307, 408, 409, 418, 429, 451, 499, 500, 502, 503, 504, 599})
    void whatSaysNothingAboutTheTaskIsAskedAgain(int status) {
        QueryAnswer answer = read(status, "{\"error\": {\"code\": \"rate_limit_unavailable\", \"message\": \"m\"}}");

        assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void theTimeToWaitIsHandedOn(int status) {
        QueryAnswer answer = QueryAnswerReader.read(
                new WireAnswer(status, Duration.ofSeconds(7), null, new byte[0]), "video_1", BASE, null);

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.RetryLater.class))
                .extracting(QueryAnswer.RetryLater::retryAfter)
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void tooManyQueriesHaveATypedException() {
        QueryAnswer answer = QueryAnswerReader.read(
                new WireAnswer(429, Duration.ofSeconds(7), null, new byte[0]), "video_1", BASE, null);

        assertThat(answer.failure())
                .asInstanceOf(type(RateLimitedException.class))
                .extracting(RateLimitedException::getRetryAfter)
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aFailingServiceHasATypedException() {
        QueryAnswer answer = read(500, "");

        assertThat(answer.failure()).isInstanceOf(ServiceUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 429, 500, 503})
    void noFailureOfAQueryInvitesToSubmitAgain(int status) {
        QueryAnswer answer = read(status, "");

        assertThat(answer.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 429, 500, 503})
    void eachFailureKnowsItsTask(int status) {
        QueryAnswer answer = read(status, "");

        assertThat(answer.failure().getTaskId()).isEqualTo("video_1");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500})
    void noFailureLetsASignedAddressThrough(int status) {
        QueryAnswer answer = read(status, "{\"error\": {\"message\": \"https://f.test/x?sig=s3cret Bearer s3cret\"}}");

        assertThat(answer.failure()).hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectSaysWhereItLeadsAndWhatToCorrect(int status) {
        String location = "http://other.test/v1/videos?sig=s3cret";

        QueryAnswer answer =
                QueryAnswerReader.read(new WireAnswer(status, null, location, new byte[0]), "video_1", BASE, null);

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.RetryLater.class))
                .extracting(QueryAnswer.RetryLater::isRedirect)
                .isEqualTo(true);
        assertThat(answer.failure())
                .hasMessageContainingAll("redirects to http://other.test/v1/videos", "correct baseUrl")
                .hasMessageNotContaining("s3cret");
    }

    private static QueryAnswer read(int status, String body) {
        return QueryAnswerReader.read(
                new WireAnswer(status, null, null, body.getBytes(StandardCharsets.UTF_8)), "video_1", BASE, null);
    }
}
