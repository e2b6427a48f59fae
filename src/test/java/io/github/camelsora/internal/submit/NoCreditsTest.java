package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service may reject with 429 for lack of credits. Waiting brings no credits, and other accounts are not too fast. */
class NoCreditsTest extends TaskTestSupport {
    private static final String NO_CREDITS =
            "{\"error\":{\"message\":\"You exceeded your current quota, please check your"
                    + " plan and billing details.\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}";

    @BeforeEach
    void useTheDefaultRateLimits() {
        rateLimiters.of(ACCOUNT, toApis.baseUrl()).setLimits(RateLimits.of(RateGroup.DEFAULT));
    }

    @Test
    void aSubmitWithoutCreditsIsRejectedAtOnceAndItsKeyIsFree() {
        toApis.on(Call.SUBMIT).answer(429, NO_CREDITS, "Retry-After: 60");

        TestWaiter waiting = remix("key-1");

        assertThat(waiting.failure()).isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRejectionForLackOfCreditsDelaysNoSubmitAfterItsPause() {
        long burst = RateLimits.of(RateGroup.DEFAULT).submits().burst();
        toApis.on(Call.SUBMIT).times(1).answer(429, NO_CREDITS, "Retry-After: 60");
        remix("key-1");
        engine.pauses.resume(ACCOUNT, new Operator("joe", null));

        List<TestWaiter> others = new ArrayList<>();
        for (int i = 1; i < burst; i++) {
            others.add(submit("other-" + i, Goal.ACCEPTED));
        }
        work();

        assertThat(others).allMatch(waiting -> waiting.task() != null);
    }

    @Test
    void aPollThatIsRejectedForLackOfCreditsDelaysNoOtherAndIsRepeated() {
        remix("key-1");
        remix("key-2");
        toApis.on(Call.STATUS).times(1).answer(429, NO_CREDITS);

        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(toApis.books().polls(taskId("key-1"))).isPositive();
        assertThat(toApis.books().polls(taskId("key-2"))).isPositive();
        assertThat(rateLimiters.of(ACCOUNT, toApis.baseUrl()).queries().isPermitAvailable())
                .isTrue();
    }
}
