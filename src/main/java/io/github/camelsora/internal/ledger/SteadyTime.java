package io.github.camelsora.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes the time of a clock stand still when that clock is set back by a little, until the clock is that far again. So what comes
 * later is not dated before what came earlier. A clock that is set back by more is followed at once. Thread-safe.
 */
public final class SteadyTime {
    private static final Duration MOST_HELD = Duration.ofSeconds(1);

    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);

    /**
     * Reads the time.
     *
     * @param read what the clock says
     * @return that, or the latest time that was returned, if that is at most a second later
     */
    public Instant of(Instant read) {
        return latest.updateAndGet(
                last -> last.isAfter(read) && !last.minus(MOST_HELD).isAfter(read) ? last : read);
    }
}
