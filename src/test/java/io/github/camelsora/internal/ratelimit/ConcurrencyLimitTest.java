package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By Little's law: the rate times the time that a call takes, and one more. */
class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit();

    @ParameterizedTest
    @CsvSource({"0.1, 2", "5, 2", "30, 3", "90, 6", "1230, 63", "1250, 64", "100000, 64"})
    void beforeTheFirstCallATwentiethOfASecondIsSupposed(double perSecond, int count) {
        assertThat(limit.at(new RateLimit(perSecond, 1))).isEqualTo(count);
    }

    @Test
    void withoutARateThereAreSix() {
        assertThat(limit.at(RateLimit.UNLIMITED)).isEqualTo(6);
    }

    @Test
    void aSingleSlowCallCountsForASixteenth() {
        limit.record(Duration.ofMillis(850).toNanos());

        // 50 ms and a sixteenth of the 800 ms more: 100 ms, at 95 a second.
        assertThat(limit.at(new RateLimit(95, 1))).isEqualTo(11);
    }

    @Test
    void itFollowsTheTimeThatCallsTake() {
        for (int i = 0; i < 200; i++) {
            limit.record(Duration.ofMillis(995).toNanos());
        }
        assertThat(limit.at(new RateLimit(10, 1))).isEqualTo(11);

        for (int i = 0; i < 200; i++) {
            limit.record(Duration.ofMillis(95).toNanos());
        }
        assertThat(limit.at(new RateLimit(10, 1))).isEqualTo(2);
    }
}
