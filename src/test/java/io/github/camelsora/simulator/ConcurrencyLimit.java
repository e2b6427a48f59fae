package io.github.camelsora.simulator;

import java.util.ArrayDeque;
import java.util.Queue;

/** Limits how many steps run at the same time. The others wait in a queue, without a thread. */
final class ConcurrencyLimit {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;
    private boolean starting;

    ConcurrencyLimit(int permits) {
        free = permits;
    }

    /** Runs the step when it gets a permit, which it holds until {@link #release}. The step must not throw. */
    void acquire(Runnable step) {
        synchronized (this) {
            waiting.add(step);
        }
        start();
    }

    void release() {
        synchronized (this) {
            free++;
        }
        start();
    }

    private void start() {
        for (Runnable step = next(true); step != null; step = next(false)) {
            step.run();
        }
    }

    // One thread starts steps at a time. Otherwise a step that releases at once would start the next one inside itself,
    // until the stack overflows.
    private synchronized Runnable next(boolean another) {
        if (another && starting) {
            return null;
        }
        starting = free > 0 && !waiting.isEmpty();
        if (!starting) {
            return null;
        }
        free--;
        return waiting.poll();
    }
}
