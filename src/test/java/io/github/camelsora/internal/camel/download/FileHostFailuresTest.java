package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.SimulatorClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a video counts as expired, and how long a host may reject requests for it before the download fails. */
class FileHostFailuresTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final SimulatorClock clock = SimulatorClock.stopped(NOW);
    private final FileHostFailures refusals = new FileHostFailures(clock);

    @Test
    void whereTheServiceDoesNotSayWhenAVideoExpiresItIsADayAfterItsEnd() {
        assertThat(refusals.isExpired(task(NOW.minus(Duration.ofHours(23)), null)))
                .isFalse();
        assertThat(refusals.isExpired(task(NOW.minus(Duration.ofHours(25)), null)))
                .isTrue();
        assertThat(refusals.isExpired(task(null, null))).isFalse();
    }

    @Test
    void whatTheServiceSaysComesFirst() {
        assertThat(refusals.isExpired(task(NOW.minus(Duration.ofHours(25)), NOW.plusSeconds(1))))
                .isFalse();
        assertThat(refusals.isExpired(task(NOW, NOW.minusSeconds(1)))).isTrue();
    }

    @Test
    void patienceBeginsWithTheFirstRejection() {
        assertThat(refusals.isPatienceExhausted()).isFalse();
        assertThat(refusals.add(new IOException("no"))).isTrue();
        clock.advance(FileHostFailures.PATIENCE.minusSeconds(1));
        assertThat(refusals.add(new IOException("no"))).isFalse();

        assertThat(refusals.isPatienceExhausted()).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(refusals.isPatienceExhausted()).isTrue();
        assertThat(refusals.isFileLost()).isFalse();
    }

    private static VideoTask task(Instant completedAt, Instant expiresAt) {
        return new VideoTask(
                "video_1",
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                null,
                null,
                completedAt,
                expiresAt,
                null,
                null,
                null,
                null,
                null);
    }
}
