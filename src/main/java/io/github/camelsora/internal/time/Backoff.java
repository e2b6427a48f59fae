package io.github.camelsora.internal.time;

import java.time.Duration;

/**
 * Pauses between attempts of which each is twice as long as the one before.
 *
 * @param first the pause after the first failure
 * @param longest the longest pause
 */
public record Backoff(Duration first, Duration longest) {
    /** Doubling is harmless up to here, and no pause of use is longer: 2^40 ms are 34 years. */
    private static final int MOST_DOUBLINGS = 40;

    /**
     * How long to pause.
     *
     * @param failures how many attempts in a row have failed; fewer than 1 counts as 1
     * @return the pause before the next attempt
     */
    public Duration after(int failures) {
        Duration pause = first;
        for (int i = 1; i < Math.min(failures, MOST_DOUBLINGS) && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
