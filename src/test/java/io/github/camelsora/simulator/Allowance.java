package io.github.camelsora.simulator;

/**
 * How many calls of one kind an account may send.
 *
 * @param perMinute calls a minute in the long run; at least 1
 * @param burst calls at once, or in any ten seconds; at least 1
 * @param meaning what {@code burst} counts
 */
public record Allowance(int perMinute, int burst, Burst meaning) {

    /**
     * Checks both numbers.
     *
     * @param perMinute calls a minute in the long run; at least 1
     * @param burst calls at once, or in any ten seconds; at least 1
     * @param meaning what {@code burst} counts
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public Allowance {
        if (perMinute < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "perMinute and burst must be at least 1, not " + perMinute + " and " + burst);
        }
    }
}
