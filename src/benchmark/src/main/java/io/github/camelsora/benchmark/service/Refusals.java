package io.github.camelsora.benchmark.service;

import java.util.concurrent.TimeUnit;

/** How often the service has said that it was asked too fast (429). Thread-safe. */
final class Refusals {
    /** What was on its way when the first was sent may be refused too. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int TOO_MANY = 429;

    private long firstAt;
    private long count;
    private long late;

    synchronized void see(int status) {
        if (status != TOO_MANY) {
            return;
        }
        long now = System.nanoTime();
        if (count == 0) {
            firstAt = now;
        }
        count++;
        if (now - firstAt > GRACE_NANOS) {
            late++;
        }
    }

    synchronized long count() {
        return count;
    }

    /** Those that came when the caller had known for a second that it was too fast. */
    synchronized long late() {
        return late;
    }
}
