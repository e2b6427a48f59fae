package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long calls pause after the service has said that there were too many. */
class RetryAfterPauseTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration A_DAY = Duration.ofDays(1);

    private final RetryAfterPause pause = new RetryAfterPause(A_DAY);

    private Duration refused(Instant now, Duration retryAfter) {
        pause.extend(now, pause.count(), retryAfter, Duration.ZERO);
        return Duration.between(now, pause.until());
    }

    @Test
    void withoutRetryAfterThePauseDoublesUpToHalfAMinute() {
        List<Long> seconds = new ArrayList<>();

        for (int i = 0; i < 8; i++) {
            seconds.add(refused(NOW.plus(Duration.ofHours(i)), null).toSeconds());
        }

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 32L, 32L);
    }

    @Test
    void afterAnAcceptedCallThePauseBeginsAtASecondAgain() {
        refused(NOW, null);
        refused(NOW.plusSeconds(60), null);

        pause.onAccepted();

        assertThat(refused(NOW.plusSeconds(120), null)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void refusalsOfCallsThatWereInFlightTogetherDoubleItOnce() {
        long heard = pause.count();
        pause.extend(NOW, heard, null, Duration.ZERO);
        pause.extend(NOW, heard, null, Duration.ZERO);
        pause.extend(NOW, heard, null, Duration.ZERO);

        assertThat(refused(NOW.plusSeconds(60), null)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void eachRefusalIsCounted() {
        refused(NOW, null);
        refused(NOW, Duration.ofSeconds(5));

        assertThat(pause.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1S",
        "PT0.5S, PT1S",
        "PT1S, PT1S",
        "PT7S, PT7S",
        "PT24H, PT24H",
        "PT24H0.001S, PT1S",
    })
    void aRetryAfterOfUpToADayIsHonoured(Duration asked, Duration kept) {
        assertThat(refused(NOW, asked)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"PT1M59S, PT1M59S", "PT2M, PT2M", "PT2M1S, PT2M", "PT24H, PT2M"})
    void aRetryAfterIsHonouredUpToTheLongestPause(Duration asked, Duration kept) {
        RetryAfterPause limited = new RetryAfterPause(Duration.ofMinutes(2));

        limited.extend(NOW, 0, asked, Duration.ZERO);

        assertThat(limited.until()).isEqualTo(NOW.plus(kept));
    }

    @Test
    void aRetryAfterDoesNotCountAsARefusalInARow() {
        refused(NOW, Duration.ofSeconds(3));
        refused(NOW.plusSeconds(60), Duration.ofSeconds(3));

        assertThat(refused(NOW.plusSeconds(120), null)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"PT3S, PT10S", "PT20S, PT20S"})
    void thePauseLastsAtLeastAsLongAsItsCallerWants(Duration retryAfter, Duration kept) {
        pause.extend(NOW, 0, retryAfter, Duration.ofSeconds(10));

        assertThat(pause.until()).isEqualTo(NOW.plus(kept));
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        refused(NOW, Duration.ofSeconds(60));
        refused(NOW.plusSeconds(1), Duration.ofSeconds(5));

        assertThat(pause.until()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void thePauseIsOverAtItsEnd() {
        assertThat(pause.isActive(NOW)).isFalse();

        refused(NOW, Duration.ofSeconds(5));

        assertThat(pause.isActive(NOW)).isTrue();
        assertThat(pause.isActive(NOW.plusSeconds(5).minusNanos(1))).isTrue();
        assertThat(pause.isActive(NOW.plusSeconds(5))).isFalse();
    }
}
