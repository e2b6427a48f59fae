package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A gate at which requests, or webhook events, wait until the test lets them go on. Thread-safe. A client that hangs up
 * while it waits is still waiting here: the service has its request, and will process it when released.
 */
public final class Hold {

    private final List<Consumer<Boolean>> steps = new ArrayList<>();
    private int reached;
    private int waiting;
    private boolean open;
    private boolean cut;

    Hold() {}

    /**
     * Waits until a request has come to this gate.
     *
     * @param timeout how long to wait at most, by the machine's clock
     * @throws AssertionError if none has come by then
     */
    public void awaitReached(Duration timeout) {
        awaitReached(1, timeout);
    }

    /**
     * Waits until so many requests have come to this gate, those included that have passed it since.
     *
     * @param count how many
     * @param timeout how long to wait at most, by the machine's clock
     * @throws AssertionError if fewer have come by then
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

    /** {@return how many requests wait here at present} */
    public synchronized int waiting() {
        return waiting;
    }

    /** Lets all that wait here go on. Later requests are not held any more. */
    public void release() {
        open(false);
    }

    /**
     * Cuts the connections of all that wait here: what is held before it was processed never is, what is held after
     * that loses its answer. Later requests are not held any more. An event that is held is lost.
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

    /** Waits here; true when let go, false when cut. */
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

    /** Waits here without a thread: takes the step when the gate opens, with true when let go, false when cut. */
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
