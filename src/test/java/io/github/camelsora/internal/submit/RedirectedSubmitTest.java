package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither a submit nor a query follows a redirect. The failure says what to correct, and nothing about what was paid. */
class RedirectedSubmitTest extends TaskTestSupport {
    private static final String ELSEWHERE = "Location: https://toapis.example/v1/videos/video_src/remix?sig=s3cret";

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectedSubmitNamesWhereItLedAndTheOptionToCorrect(int status) {
        toApis.on(Call.SUBMIT).answer(status, "", ELSEWHERE);
        toApis.on(Call.STATUS).answer(status, "", ELSEWHERE);

        TestWaiter waiting = remix("key-1");
        passSeconds(1);

        assertThat(waiting.failure())
                .isInstanceOf(SubmissionUnknownException.class)
                .hasMessageContainingAll(
                        "HTTP " + status,
                        "redirects to https://toapis.example/v1/videos/video_src/remix",
                        "correct baseUrl")
                .hasMessageContaining("The look-up failed, too")
                .hasMessageNotContaining("s3cret");
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
        assertThat(waiting.failure().getTask().wireKey())
                .isEqualTo(record("key-1").wireKey());
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRedirectedSubmitIsFoundWhenTheServiceHasItsTask() {
        toApis.on(Call.SUBMIT).afterProcessing().answer(301, "", ELSEWHERE);
        toApis.on(Call.STATUS).times(1).answer(301, "", ELSEWHERE);
        remix("key-1");
        passSeconds(1);

        passInSteps(Duration.ofMinutes(6), Duration.ofSeconds(10));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRedirectedSubmitWhoseLookUpsAreAnsweredWaitsForThem() {
        toApis.on(Call.SUBMIT).afterProcessing().answer(308, "", ELSEWHERE);

        TestWaiter waiting = remix("key-1");
        passSeconds(3);

        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void theSameKeyIsLookedUpAgainAndFailsTheSameWay() {
        toApis.on(Call.SUBMIT).answer(301, "", ELSEWHERE);
        toApis.on(Call.STATUS).answer(301, "", ELSEWHERE);
        remix("key-1");
        passSeconds(1);

        TestWaiter again = remix("key-1");
        passSeconds(1);

        assertThat(again.failure()).hasMessageContaining("correct baseUrl");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRunningTaskIsFollowedOnWhenItsPollsAreRedirected() {
        TestWaiter waiting = remix("key-1");
        toApis.on(Call.STATUS).times(2).answer(301, "", ELSEWHERE);
        toApis.complete(taskId("key-1"));

        passInSteps(Duration.ofMinutes(2), Duration.ofSeconds(1));

        assertThat(waiting.task().videoUrl()).isNotNull();
    }
}
