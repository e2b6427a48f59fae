package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SimulatorClockTest {

    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

    @Test
    void aStoppedClockMovesOnlyWhenItIsMoved() {
        SimulatorClock clock = SimulatorClock.stopped(NOON);

        assertThat(clock.instant()).isEqualTo(NOON);
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(clock.withZone(ZoneOffset.UTC).instant()).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void aRealClockContinuesFromWhereItWasMoved() {
        SimulatorClock clock = SimulatorClock.real();

        clock.advance(Duration.ofDays(365));

        assertThat(clock.instant()).isAfter(Instant.now().plus(Duration.ofDays(364)));
    }

    @Test
    void aClockCannotBeMovedBack() {
        SimulatorClock clock = SimulatorClock.real();

        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofMillis(-1)));
    }
}
