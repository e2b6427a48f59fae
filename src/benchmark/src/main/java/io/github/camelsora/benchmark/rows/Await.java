package io.github.camelsora.benchmark.rows;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what happens elsewhere. */
final class Await {
    private static final long PAUSE_MILLIS = 5;

    private Await() {}

    /** What may hold, or fail to be looked at. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Duration limit, Condition condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("It has not happened within " + limit);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
