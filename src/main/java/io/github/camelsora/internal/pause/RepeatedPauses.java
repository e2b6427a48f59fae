package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a pause lasts at least if the balance has no figure, so that it cannot show the end of the pause: a minute, and twice as
 * long each time when the next submit is rejected again. Each JVM that a pause binds sees how it repeats, whichever has begun or
 * ended it. Thread-safe.
 */
final class RepeatedPauses {
    static final Duration SHORTEST = BalanceCheck.INTERVAL;
    static final Duration LONGEST = Duration.ofHours(1);

    private final Map<Place, Lasting> latest = new HashMap<>();

    /** Which pauses are one pause that repeats. */
    private record Place(String account, String baseUrl, String keyFingerprint) {
        static Place of(AccountPause pause) {
            return new Place(pause.account(), pause.baseUrl(), pause.keyFingerprint());
        }
    }

    private record Lasting(AccountPause pause, Duration length) {
        /** A pause that begins after an hour without one is no repetition. */
        boolean isRepeatedBy(AccountPause next) {
            return !next.pausedAt().isAfter(pause.pausedAt().plus(length).plus(LONGEST));
        }

        Duration nextLength() {
            Duration twice = length.multipliedBy(2);
            return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        }
    }

    /** How long a pause lasts at least. To be called for each pause when it begins. */
    synchronized Duration lengthOf(AccountPause pause) {
        return latest.compute(Place.of(pause), (place, before) -> {
                    if (before == null || !before.isRepeatedBy(pause)) {
                        return new Lasting(pause, SHORTEST);
                    }
                    return before.pause().equals(pause) ? before : new Lasting(pause, before.nextLength());
                })
                .length();
    }
}
