package io.github.camelsora.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a pause lasts that begins again and again. */
class RepeatedPausesTest {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

    private final RepeatedPauses repeated = new RepeatedPauses();

    private static AccountPause pause(String fingerprint, Instant since) {
        return new AccountPause("default", "https://x", fingerprint, Cause.NO_CREDITS, "m", "node", since, null);
    }

    private static AccountPause pauseAt(Instant since) {
        return pause("0123456789abcdef", since);
    }

    @Test
    void eachTimeItIsTwiceAsLongUpToAnHour() {
        List<Long> minutes = new ArrayList<>();
        Instant since = NOON;
        for (int i = 0; i < 9; i++) {
            Duration length = repeated.lengthOf(pauseAt(since));
            minutes.add(length.toMinutes());
            since = since.plus(length).plusSeconds(1);
        }

        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void onePauseHasOneLength() {
        repeated.lengthOf(pauseAt(NOON));
        AccountPause second = pauseAt(NOON.plusSeconds(60));

        assertThat(repeated.lengthOf(second)).isEqualTo(Duration.ofMinutes(2));
        assertThat(repeated.lengthOf(second)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void afterAnHourWithoutAPauseItIsAMinuteAgain() {
        repeated.lengthOf(pauseAt(NOON));
        Instant end = NOON.plus(RepeatedPauses.SHORTEST);
        repeated.lengthOf(pause("fedcba9876543210", NOON));

        assertThat(repeated.lengthOf(pauseAt(end.plus(Duration.ofHours(1)).plusMillis(1))))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(repeated.lengthOf(pause("fedcba9876543210", end.plus(Duration.ofHours(1)))))
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void anotherKeyIsAnotherTrouble() {
        repeated.lengthOf(pauseAt(NOON));

        assertThat(repeated.lengthOf(pause("fedcba9876543210", NOON.plusSeconds(60))))
                .isEqualTo(Duration.ofMinutes(1));
    }
}
