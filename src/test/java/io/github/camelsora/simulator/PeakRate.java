package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The maximum of events within any one second. Guarded by its owner. */
final class PeakRate {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Deque<Instant> lastSecond = new ArrayDeque<>();
    private int peak;

    void count(Instant now) {
        while (!lastSecond.isEmpty() && !lastSecond.peekFirst().plus(WINDOW).isAfter(now)) {
            lastSecond.removeFirst();
        }
        lastSecond.addLast(now);
        peak = Math.max(peak, lastSecond.size());
    }

    int peak() {
        return peak;
    }
}
