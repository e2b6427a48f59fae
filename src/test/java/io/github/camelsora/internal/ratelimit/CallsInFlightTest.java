package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many calls may begin beside those that are in flight. */
class CallsInFlightTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant SLOW = NOW.plus(CallsInFlight.SLOW);
    /** Keeps two calls busy. */
    private static final RateLimit RATE = new RateLimit(1, 1);

    private final CallsInFlight calls = new CallsInFlight();

    private PermitRequest begin(long sequence, Instant at) {
        PermitRequest call = new PermitRequest(null, "", 0, sequence, () -> {});
        calls.add();
        calls.started(call, at);
        return call;
    }

    @Test
    void aCallTakesAPlaceUntilItEnds() {
        PermitRequest call = begin(1, NOW);
        assertThat(calls.free(RATE, NOW)).isEqualTo(1);

        calls.ended(call, 0);

        assertThat(calls.free(RATE, NOW)).isEqualTo(2);
    }

    @Test
    void aCallThatDoesNotBeginGivesItsPlaceBack() {
        calls.add();
        assertThat(calls.free(RATE, NOW)).isEqualTo(1);

        calls.withdraw();

        assertThat(calls.free(RATE, NOW)).isEqualTo(2);
    }

    @Test
    void whereMoreAreInFlightThanThereArePlacesNoneIsFree() {
        for (int i = 0; i < 5; i++) {
            begin(i, NOW);
        }

        assertThat(calls.free(RATE, NOW)).isZero();
    }

    @Test
    void aCallThatIsSlowTakesNoPlace() {
        begin(1, NOW);
        begin(2, NOW.plusMillis(1));

        assertThat(calls.free(RATE, SLOW.minusNanos(1))).isZero();
        assertThat(calls.free(RATE, SLOW)).isEqualTo(1);
        assertThat(calls.free(RATE, SLOW.plusMillis(1))).isEqualTo(2);
    }

    @Test
    void thereAreNeverMorePlacesThanTheMost() {
        for (int i = 0; i < 100; i++) {
            begin(i, NOW);
        }

        assertThat(calls.limit(RATE, SLOW)).isEqualTo(ConcurrencyLimit.MOST);
    }

    @Test
    void thePlacesFollowTheTimeThatCallsTake() {
        for (int i = 0; i < 200; i++) {
            calls.ended(begin(i, NOW), Duration.ofMillis(9_500).toNanos());
        }

        assertThat(calls.limit(RATE, NOW)).isEqualTo(11);
    }

    @Test
    void theNextCallToBecomeSlowIsTheFirstThatIsNotYet() {
        assertThat(calls.nextSlow(NOW)).isEmpty();

        begin(1, NOW);
        begin(2, NOW.plusSeconds(1));

        assertThat(calls.nextSlow(NOW)).contains(SLOW);
        assertThat(calls.nextSlow(SLOW)).contains(SLOW.plusSeconds(1));
        assertThat(calls.nextSlow(SLOW.plusSeconds(1))).isEmpty();
    }
}
