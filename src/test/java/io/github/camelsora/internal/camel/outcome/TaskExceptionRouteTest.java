package io.github.camelsora.internal.camel.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ResultUrl;
import io.github.camelsora.support.SoraTestSupport;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How steps on an accepted task fail: it failed, the wait timed out, it was not found, the query failed. */
class TaskExceptionRouteTest extends SoraTestSupport {
    private String remix;

    @BeforeEach
    void startWithASource() throws Exception {
        remix = "sora:remix?requestKey=order-1&videoId=" + toApis.addSource();
        start();
    }

    @Test
    void aTaskThatFailedIsAnExceptionWithTheResult() {
        SoraException failed = failureOf(remix, "A puppy [fail]");

        assertThat(failed).isExactlyInstanceOf(TaskFailedException.class);
        assertAccepted(failed, "order-1", acceptedId());
        VideoTask result = ((TaskFailedException) failed).getTask();
        assertThat(result.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(result.errorCode()).isEqualTo("generation_failed");
    }

    @Test
    void aCompletedTaskWithoutAUrlIsWaitedForAWhile() {
        toApis.resultUrl(ResultUrl.NONE);

        assertThat(failureOf(remix + "&completionTimeout=3s", "A puppy"))
                .isExactlyInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void anAwaitedTaskThatFailedIsAnException() {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();
        toApis.fail(id, "generation_failed", "No luck");

        SoraException failed = failureOf("sora:await?taskId=" + id, null);

        assertThat(failed).isExactlyInstanceOf(TaskFailedException.class).hasMessageContaining("No luck");
        assertThat(failed.getTaskId()).isEqualTo(id);
    }

    @Test
    void aFailedTaskIsAnAnswerForStatus() {
        String id = toApis.addTask();
        toApis.fail(id, "generation_failed", "No luck");

        Exchange out = send("sora:status?taskId=" + id, null);

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).errorMessage()).isEqualTo("No luck");
    }

    @Test
    void aTimedOutWaitHasTheTaskId() {
        toApis.taskDuration(Duration.ofHours(1));

        SoraException timedOut = failureOf(remix + "&completionTimeout=200", "A puppy");

        assertThat(timedOut).isExactlyInstanceOf(WaitTimedOutException.class);
        assertAccepted(timedOut, "order-1", acceptedId());
    }

    @Test
    void aTimedOutAwaitHasTheTaskId() {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();

        SoraException timedOut = failureOf("sora:await?completionTimeout=200&taskId=" + id, null);

        assertThat(timedOut).isExactlyInstanceOf(WaitTimedOutException.class);
        assertThat(timedOut.getTaskId()).isEqualTo(id);
        assertThat(timedOut.isSafeToResend()).isFalse();
    }

    @Test
    void aTaskWhoseWaitTimedOutCanStillBeAwaited() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class)
                        .handled(true)
                        .process(exchange -> toApis.complete(acceptedId()))
                        .to("sora:await");
                from("direct:in").to(remix + "&completionTimeout=200");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aTaskThatDoesNotExistIsNotFoundByStatus() {
        SoraException notFound = failureOf("sora:status?taskId=video_none", null);

        assertThat(notFound).isExactlyInstanceOf(TaskNotFoundException.class).hasMessageContaining("video_none");
        assertThat(notFound.getTaskId()).isEqualTo("video_none");
    }

    @Test
    void aLate404OfAPaidTaskIsSurvived() {
        toApis.replicaLag(3);

        assertThat(send(remix, "A puppy").getException()).isNull();
    }

    @Test
    void aHostileIdReachesNoOtherPath() {
        send("sora:status", null, "CamelSoraTaskId", "../../balance?x=1#");

        assertThat(toApis.requests()).singleElement().satisfies(request -> assertThat(request.target())
                .isEqualTo("/v1/videos/generations/..%2F..%2Fbalance%3Fx%3D1%23"));
    }

    @Test
    void aStatusWithAWrongKeyIsAnException() {
        String id = toApis.addSource();
        toApis.revokeApiKey(toApis.apiKey());

        SoraException failure = failureOf("sora:status?taskId=" + id, null);

        assertThat(failure).isExactlyInstanceOf(AuthenticationException.class);
    }

    @Test
    void aStatusThatIsQueriedTooOftenSaysWhenToRetry() {
        toApis.on(Call.STATUS).answer(429, "{}", "Retry-After: 3");

        SoraException failure = failureOf("sora:status?taskId=" + toApis.addSource(), null);

        assertThat(failure).isExactlyInstanceOf(RateLimitedException.class);
        assertThat(((RateLimitedException) failure).getRetryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aStatusThatTheServiceCannotAnswerIsAnException(int status) {
        toApis.on(Call.STATUS).answer(status, "<html>", "Content-Type: text/html");

        SoraException failure = failureOf("sora:status?taskId=" + toApis.addSource(), null);

        assertThat(failure).isExactlyInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aStatusWhoseConnectionIsCutIsAnException() {
        toApis.on(Call.STATUS).cut();

        SoraException failure = failureOf("sora:status?taskId=" + toApis.addSource(), null);

        assertThat(failure).isExactlyInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void pollsThatGoWrongDoNotEndAWait() {
        toApis.on(Call.STATUS).times(1).refuse(ApiError.INTERNAL_ERROR);
        toApis.on(Call.STATUS).times(1).cut();
        toApis.on(Call.STATUS).times(1).answer(200, "<html>Welcome</html>");
        toApis.on(Call.STATUS).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);

        assertThat(send(remix, "A puppy").getException()).isNull();
    }

    private String acceptedId() {
        return toApis.tasks().get(1).id();
    }

    private SoraException failureOf(String uri, Object body) {
        Exception failure = send(uri, body).getException();
        assertThat(failure).isInstanceOf(SoraException.class);
        return (SoraException) failure;
    }

    private static void assertAccepted(SoraException failure, String key, String id) {
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.isSafeToResend()).isFalse();
        assertThat(failure.getTaskKey()).isEqualTo(key);
        assertThat(failure.getTaskId()).isEqualTo(id);
        assertThat(failure.getMessage()).contains(id);
    }
}
