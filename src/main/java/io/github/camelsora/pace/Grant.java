package io.github.camelsora.pace;

import java.time.Duration;

/**
 * What a bucket gave.
 *
 * @param count how many tokens
 * @param nextIn how long until there is one, when there was none
 */
record Grant(int count, Duration nextIn) {

    static Grant of(int count) {
        return new Grant(count, Duration.ZERO);
    }

    static Grant after(Duration wait) {
        return new Grant(0, wait);
    }
}
