package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private static final Instant NOON = LedgerRecords.NOON;

    private final SteadyTime time = new SteadyTime();

    @BeforeEach
    void itIsNoon() {
        assertThat(time.of(NOON)).isEqualTo(NOON);
    }

    @Test
    void itFollowsAClockThatGoesForward() {
        assertThat(time.of(NOON.plusMillis(1))).isEqualTo(NOON.plusMillis(1));
        assertThat(time.of(NOON.plusSeconds(3_600))).isEqualTo(NOON.plusSeconds(3_600));
    }

    @Test
    void itStandsStillUntilAClockThatWasSetBackIsThatFarAgain() {
        assertThat(time.of(NOON.minusMillis(1_000))).isEqualTo(NOON);
        assertThat(time.of(NOON.minusMillis(1))).isEqualTo(NOON);
        assertThat(time.of(NOON.plusMillis(1))).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void itFollowsAClockThatIsSetBackByMore() {
        assertThat(time.of(NOON.minusMillis(1_001))).isEqualTo(NOON.minusMillis(1_001));
        assertThat(time.of(NOON.minusMillis(1_000))).isEqualTo(NOON.minusMillis(1_000));
    }
}
