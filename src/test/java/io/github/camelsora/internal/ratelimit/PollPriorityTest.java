package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollPriorityTest {
    private static final Instant DUE = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT24H, 0",
        "PT12H, 10000",
        "PT6H, 20000",
        "PT48H, 0",
    })
    void eachHalvingOfTheTimeThatIsLeftCountsAsTenSecondsOfWaiting(Duration left, long earlier) {
        assertThat(PollPriority.order(DUE, DUE.plus(left))).isEqualTo(DUE.toEpochMilli() - earlier);
    }

    @ParameterizedTest
    @CsvSource({"PT1S", "PT0.5S", "PT0S", "PT-1H"})
    void withASecondLeftOrLessTheAdvantageIsTheLargest(Duration left) {
        long advantage = DUE.toEpochMilli() - PollPriority.order(DUE, DUE.plus(left));

        // A day is halved 16.4 times down to a second.
        assertThat(advantage).isBetween(163_900L, 164_000L);
    }
}
