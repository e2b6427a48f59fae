package io.github.camelsora.simulator;

import java.util.ArrayDeque;
import java.util.Queue;

/** Lets so many go at a time; the others wait in line, without a thread. */
final class ConcurrencyLimit {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;
    private boolean starting;

    ConcurrencyLimit(int lanes) {
        free = lanes;
    }

    /** Takes the step when there is a free lane, which it has until {@link #release}; the step must not fail. */
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

    // One thread starts steps at a time: a step that leaves at once would otherwise start the next inside itself, and
    // so
    // on until the stack is full.
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
