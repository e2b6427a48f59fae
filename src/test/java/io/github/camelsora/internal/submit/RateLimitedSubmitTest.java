package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RateGroup;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Burst;
import io.github.camelsora.simulator.LimitGroup;
import io.github.camelsora.simulator.RetryAfter;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand submits at once, with the default rate limits, to a service that counts. */
class RateLimitedSubmitTest extends TaskTestSupport {
    private static final int SUBMITS = 1_000;
    private static final Duration STEP = Duration.ofMillis(100);

    @BeforeEach
    void useTheDefaultRateLimits() {
        rateLimiters.of(ACCOUNT, toApis.baseUrl()).setLimits(RateLimits.of(RateGroup.DEFAULT));
    }

    @Test
    void aTokenBucketRejectsNoSubmit() {
        toApis.limits(LimitGroup.DEFAULT, Burst.BUCKET);
        List<TestWaiter> all = submitAll();

        Duration duration = passUntilAllAreAccepted();

        assertThat(all).allMatch(waiting -> waiting.task() != null);
        assertThat(toApis.books().callsLimited()).isZero();
        assertThat(duration).isLessThan(Duration.ofSeconds(196));
    }

    @ParameterizedTest
    @EnumSource(RetryAfter.class)
    void aWindowOfTenSecondsRejectsSubmitsOnlyUntilTheRateIsAdapted(RetryAfter form) {
        toApis.limits(LimitGroup.DEFAULT, Burst.WINDOW).retryAfter(form);
        List<TestWaiter> all = submitAll();
        passInSteps(Duration.ofSeconds(10), STEP);
        long early = toApis.books().callsLimited();

        Duration duration = passUntilAllAreAccepted().plusSeconds(10);

        assertThat(early).isBetween(1L, 10L);
        assertThat(toApis.books().callsLimited()).isEqualTo(early);
        assertThat(all).allMatch(waiting -> waiting.task() != null);
        assertThat(toApis.books().submitsAccepted()).isEqualTo(SUBMITS);
        assertThat(duration).isLessThan(Duration.ofSeconds(260));
    }

    private List<TestWaiter> submitAll() {
        List<TestWaiter> all = new ArrayList<>();
        for (int i = 0; i < SUBMITS; i++) {
            all.add(submit("key-" + i, Goal.ACCEPTED));
        }
        work();
        return all;
    }

    private Duration passUntilAllAreAccepted() {
        Duration passed = Duration.ZERO;
        while (toApis.books().submitsAccepted() < SUBMITS && passed.compareTo(SUBMIT_TIMEOUT) < 0) {
            pass(STEP);
            passed = passed.plus(STEP);
        }
        return passed;
    }
}
