package io.github.camelsora.benchmark.rivals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere, or for a time that belongs to the scenario. */
record Wait(Duration limit) {
    private static final long PAUSE_MILLIS = 20;

    static Wait upTo(Duration limit) {
        return new Wait(limit);
    }

    static void passes(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** Waits until a condition holds, but not longer than the limit. */
    void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
