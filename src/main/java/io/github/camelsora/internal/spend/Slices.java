package io.github.camelsora.internal.spend;

import io.github.camelsora.api.SpendLimit;
import java.time.Duration;
import java.time.Instant;

/**
 * The slices of time in which a book holds credits. A window counts each slice that it overlaps in full, so a limit holds in any
 * window of its length, and room in it becomes free up to one slice late.
 */
public final class Slices {
    /** The length of a slice. */
    public static final Duration LENGTH = Duration.ofMinutes(10);

    /** How long a book keeps its slices: longer than any window. */
    public static final Duration KEPT = Duration.ofDays(100);

    private Slices() {}

    /** The beginning of the slice that a time is in. */
    public static Instant of(Instant time) {
        long length = LENGTH.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), length) * length);
    }

    /** The first slice that counts in the window of a limit that ends at a time. */
    static Instant first(SpendLimit limit, Instant now) {
        return of(now.minus(limit.window()));
    }

    /** When a slice counts no longer in the window of a limit. */
    static Instant end(Instant slice, SpendLimit limit) {
        return slice.plus(LENGTH).plus(limit.window());
    }
}
