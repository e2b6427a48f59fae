package io.github.camelsora.benchmark.rows;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts the live threads of a name now and then, until it is closed. */
final class ThreadWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final String name;
    private final Thread watch = new Thread(this::run, "watch");
    private volatile int most;

    ThreadWatch(String name) {
        this.name = name;
        watch.setDaemon(true);
        watch.start();
    }

    private void run() {
        try {
            while (true) {
                most = Math.max(most, count());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private int count() {
        Thread[] threads = new Thread[Thread.activeCount() * 2 + 100];
        int count = Thread.enumerate(threads);
        return (int) Arrays.stream(threads, 0, count)
                .filter(thread -> thread.getName().contains(name))
                .count();
    }

    /** The most that were there at once. */
    int most() {
        return most;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
