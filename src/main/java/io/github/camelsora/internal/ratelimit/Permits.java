package io.github.camelsora.internal.ratelimit;

import java.time.Duration;

/**
 * What a bucket gave.
 *
 * @param count how many tokens
 * @param nextIn how long until there is one, when there was none
 */
record Permits(int count, Duration nextIn) {

    static Permits of(int count) {
        return new Permits(count, Duration.ZERO);
    }

    static Permits after(Duration wait) {
        return new Permits(0, wait);
    }
}
