package io.github.camelsora.internal.time;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does again what must be done, because nothing else would. */
public final class Retry {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Retry() {}

    /**
     * Runs a step until it has returned. It holds the calling thread, so it is for steps that fail only while the JVM is out of
     * memory, such as a new entry in the timer.
     *
     * @param step the step; nothing of it may have happened when it throws
     */
    public static void untilDone(Runnable step) {
        boolean isInterrupted = false;
        while (true) {
            try {
                step.run();
                break;
            } catch (Throwable e) {
                // An interrupted thread cannot pause, and would use up a processor.
                isInterrupted |= Thread.interrupted();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
