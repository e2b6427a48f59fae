package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is to be done at which time of the simulator's clock, also when that clock is moved. One thread does it all, in
 * order of time; so nothing on it may wait. What is due at one time is done in the order in which it was planned.
 */
final class ClockScheduler implements AutoCloseable {

    private record Entry(Instant due, long number, Runnable action) {}

    private final SimulatorClock clock;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::number));
    private final Runnable wake = this::wake;
    private Thread thread;
    private long number;
    private boolean closed;

    ClockScheduler(SimulatorClock clock) {
        this.clock = clock;
    }

    synchronized void schedule(Instant due, Runnable action) {
        if (closed) {
            return;
        }
        Entry entry = new Entry(due, number++, action);
        entries.add(entry);
        if (thread == null) {
            clock.addListener(wake);
            thread = new Thread(this::run, "simulator-webhooks");
            thread.setDaemon(true);
            thread.start();
        } else if (entries.peek() == entry) {
            notifyAll();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void run() {
        try {
            for (Runnable action = next(); action != null; action = next()) {
                run(action);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but a JVM that ends.
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // Told like any other accident in a thread, but the rest of the agenda has a right to be done.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Waits for what is due next; null when closed. */
    private synchronized Runnable next() throws InterruptedException {
        while (!closed) {
            if (entries.isEmpty()) {
                wait();
                continue;
            }
            Duration left = Duration.between(clock.instant(), entries.peek().due());
            if (left.isNegative() || left.isZero()) {
                return entries.poll().action();
            }
            if (clock.isRunning()) {
                wait(left.toMillis() + 1);
            } else {
                wait();
            }
        }
        return null;
    }

    synchronized void clear() {
        entries.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        entries.clear();
        clock.removeListener(wake);
        notifyAll();
    }
}
