package io.github.camelsora.benchmark;

import java.time.Duration;

/**
 * How much is done for a figure.
 *
 * @param isQuick whether only to show that the benchmark runs: what comes out of that is no measurement
 * @param seed the seed of all random numbers
 */
public record Effort(boolean isQuick, long seed) {

    /**
     * A number that is smaller in a quick run.
     *
     * @param full for a measurement
     * @param quick for a quick run
     * @return one of them
     */
    public int of(int full, int quick) {
        return isQuick ? quick : full;
    }

    /**
     * A time that is shorter in a quick run.
     *
     * @param full for a measurement
     * @param quick for a quick run
     * @return one of them
     */
    public Duration of(Duration full, Duration quick) {
        return isQuick ? quick : full;
    }
}
