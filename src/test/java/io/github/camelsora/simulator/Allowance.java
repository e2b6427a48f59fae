package io.github.camelsora.simulator;

/**
 * How many calls of one kind an account may send.
 *
 * @param perMinute in the long run; at least 1
 * @param burst at once, or in any ten seconds; at least 1
 * @param meaning which of the two
 */
public record Allowance(int perMinute, int burst, Burst meaning) {

    /**
     * Refuses what allows nothing.
     *
     * @param perMinute in the long run; at least 1
     * @param burst at once, or in any ten seconds; at least 1
     * @param meaning which of the two
     */
    public Allowance {
        if (perMinute < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "At least one call a minute is allowed, and one at once, not " + perMinute + " and " + burst);
        }
    }
}
