package io.github.camelsora.internal.time;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Retries steps that must succeed because nothing would repeat them. */
public final class Retry {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Retry() {}

    /**
     * Tells whether the log reports a failed attempt. Each report comes after twice as many attempts as the one before, so that a
     * failure that lasts does not fill the log.
     *
     * @param failures how many attempts in a row have failed, this one included
     */
    public static boolean isReported(int failures) {
        return Integer.bitCount(failures) == 1;
    }

    /**
     * Runs a step until it succeeds. It blocks the calling thread, so it is for steps that fail only while the JVM is out of
     * memory, such as scheduling a timer.
     *
     * @param step the step; it must have had no effect when it throws
     */
    public static void untilDone(Runnable step) {
        boolean isInterrupted = false;
        while (true) {
            try {
                step.run();
                break;
            } catch (Throwable e) {
                // An interrupted thread could not pause, and would spin.
                isInterrupted |= Thread.interrupted();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
