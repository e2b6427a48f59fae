package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds requests or webhook events until the test releases or cuts them. Thread-safe. A request is held even if its client
 * has closed the connection: the service has received it, and processes it when it is released.
 */
public final class Hold {

    private final List<Consumer<Boolean>> steps = new ArrayList<>();
    private int reached;
    private int waiting;
    private boolean open;
    private boolean cut;

    Hold() {}

    /**
     * Waits until a request has been held.
     *
     * @param timeout the maximum wait, by the machine's clock
     * @throws AssertionError if none has been held by then
     */
    public void awaitReached(Duration timeout) {
        awaitReached(1, timeout);
    }

    /**
     * Waits until a number of requests have been held, released ones included.
     *
     * @param count the number of requests
     * @param timeout the maximum wait, by the machine's clock
     * @throws AssertionError if fewer have been held by then
     */
    public synchronized void awaitReached(int count, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (reached < count) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("%d of %d requests were held within %s".formatted(reached, count, timeout));
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for a request to be held", e);
            }
        }
    }

    /** {@return the number of requests that are held at present} */
    public synchronized int waiting() {
        return waiting;
    }

    /** Releases all held requests. Later requests are not held. */
    public void release() {
        open(false);
    }

    /**
     * Closes the connections of all held requests. A request that was held before processing is never processed; one that
     * was held after it loses its answer. A held event is lost. Later requests are not held.
     */
    public void cut() {
        open(true);
    }

    private void open(boolean cutting) {
        List<Consumer<Boolean>> waited;
        synchronized (this) {
            cut |= cutting;
            open = true;
            waiting -= steps.size();
            waited = List.copyOf(steps);
            steps.clear();
            notifyAll();
        }
        waited.forEach(step -> step.accept(!cutting));
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Blocks until this is released (true) or cut (false). */
    synchronized boolean pass() throws InterruptedException {
        reached++;
        waiting++;
        notifyAll();
        try {
            while (!open) {
                wait();
            }
            return !cut;
        } finally {
            waiting--;
        }
    }

    /** Runs the step when this is released (with true) or cut (with false); blocks no thread. */
    void pass(Consumer<Boolean> step) {
        boolean whole;
        synchronized (this) {
            reached++;
            notifyAll();
            if (!open) {
                waiting++;
                steps.add(step);
                return;
            }
            whole = !cut;
        }
        step.accept(whole);
    }
}
