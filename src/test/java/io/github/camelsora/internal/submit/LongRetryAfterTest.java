package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One answer that asks for hours, perhaps because it means milliseconds, delays no other task for long, and is logged. */
class LongRetryAfterTest extends TaskTestSupport {
    private WarningCapture warnings;

    @BeforeEach
    void captureWarnings() {
        warnings = WarningCapture.of(AccountRateLimiter.class);
    }

    @AfterEach
    void stopCapturing() {
        warnings.close();
    }

    @ParameterizedTest
    @CsvSource({"429, 3600", "429, 86400", "503, 30000", "500, 3600", "429, 99999999"})
    void aRetryAfterOfHoursDelaysNoTaskForMoreThanTwoMinutes(int status, String seconds) {
        TestWaiter one = remix("key-1");
        TestWaiter other = remix("key-2");
        toApis.on(Call.STATUS).times(1).answer(status, "{}", "Retry-After: " + seconds);
        passSeconds(6);
        toApis.complete(taskId("key-1"));
        toApis.complete(taskId("key-2"));

        passInSteps(Duration.ofSeconds(130), Duration.ofSeconds(1));

        assertThat(one.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(other.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aShortRetryAfterOfAPollIsHonouredInFull() {
        remix("key-1");
        toApis.on(Call.STATUS).times(1).answer(429, "{}", "Retry-After: 100");
        passSeconds(6);

        passInSteps(Duration.ofSeconds(98), Duration.ofSeconds(1));

        assertThat(toApis.books().statusCalls()).isEqualTo(1);
    }

    @Test
    void aLongPauseOfSubmitsIsHonouredUntilSubmitTimeoutAndReportedOnce() {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 30000");

        TestWaiter waiting = remix("key-1");

        assertThat(waiting.failure()).isInstanceOf(RateLimitedException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("30000 s", "submits again", "NOT_SENT", ACCOUNT);
    }

    @Test
    void aLongPauseOfQueriesIsReportedOnce() {
        remix("key-1");
        remix("key-2");
        toApis.on(Call.STATUS).answer(429, "{}", "Retry-After: 3600");

        passSeconds(6);

        assertThat(warnings.lines()).singleElement().asString().contains("3600 s", "Queries go on at", ACCOUNT);
    }

    @Test
    void aShortPauseIsNotReported() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 60");

        remix("key-1");

        assertThat(warnings.lines()).isEmpty();
    }
}
