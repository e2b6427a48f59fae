package io.github.camelsora.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Polls when the service sends Retry-After, or allows fewer polls than are wanted. */
class RateLimitedPollTest extends TaskTestSupport {
    private static final Duration STEP = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"429, {}", "503, {}"})
    void aRetryAfterOfOnePollHoldsForAllPollsOfTheAccount(int status, String body) {
        remix("key-1");
        passSeconds(3);
        remix("key-2");
        toApis.on(Call.STATUS).times(1).answer(status, body, "Retry-After: 60");
        passInSteps(Duration.ofSeconds(2), STEP);
        assertThat(toApis.books().statusCalls()).isEqualTo(1);

        passInSteps(Duration.ofSeconds(59), STEP);
        long early = toApis.books().statusCalls();
        passInSteps(Duration.ofSeconds(2), STEP);

        assertThat(early).isEqualTo(1);
        assertThat(toApis.books().polls(taskId("key-2"))).isEqualTo(1);
    }

    @Test
    void submitsGoOnWhileQueriesWait() {
        remix("key-1");
        toApis.on(Call.STATUS).times(1).answer(429, "{}", "Retry-After: 60");
        passInSteps(Duration.ofSeconds(6), STEP);

        remix("key-2");

        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aPollThatWaitsLongForItsPermitKeepsItsPlaceAndIsNotScheduledAgain() {
        remix("key-1");
        remix("key-2");
        remix("key-3");
        RateLimit oneInThousandSeconds = new RateLimit(0.001, 1);
        rateLimiters.of(ACCOUNT, toApis.baseUrl()).setLimits(new RateLimits(RateLimit.UNLIMITED, oneInThousandSeconds));
        passSeconds(10);

        try (WarningCapture warnings = WarningCapture.of(LostPollDetector.class)) {
            leaveUndone(Duration.ofSeconds(900));
            engine.lostPolls.rescheduleLost(ledger.now());
            // Its turn has come at last, and its call runs.
            leaveUndone(Duration.ofSeconds(100));
            timers.runDue();
            engine.lostPolls.rescheduleLost(ledger.now());

            assertThat(warnings.lines()).isEmpty();
        }
    }

    @Test
    void whenTheBucketIsTooSmallAllTasksArePolledAlike() {
        rateLimiters.of(ACCOUNT, toApis.baseUrl()).setLimits(new RateLimits(RateLimit.UNLIMITED, new RateLimit(1, 1)));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            remix("key-" + i);
            ids.add(taskId("key-" + i));
        }

        passInSteps(Duration.ofMinutes(5), STEP);

        assertThat(toApis.books().peakStatusRate()).isLessThanOrEqualTo(2);
        assertThat(ids).allSatisfy(id -> assertThat(toApis.books().polls(id)).isBetween(5, 12));
    }
}
