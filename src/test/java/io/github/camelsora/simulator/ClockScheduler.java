package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Runs actions at times of the simulator's clock, also when that clock is moved. One thread runs all of them in order of
 * time, and in order of scheduling where times are equal; an action must not block.
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
            // Only a JVM that ends interrupts this thread.
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // Reported as an uncaught exception, but the later actions still have to run.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Waits for the next due action; null when closed. */
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
