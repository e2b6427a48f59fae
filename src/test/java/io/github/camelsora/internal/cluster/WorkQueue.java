package io.github.camelsora.internal.cluster;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A pool whose work is done when the test says so, by the thread that says so. */
public final class WorkQueue implements Executor {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopped;
    private volatile int failures;

    @Override
    public void execute(Runnable work) {
        if (isStopped) {
            throw new RejectedExecutionException("This pool was stopped by the test");
        }
        if (failures > 0) {
            failures--;
            throw new OutOfMemoryError("unable to create native thread, says the test");
        }
        queue.add(work);
    }

    /** Rejects all further actions, as a pool does that was shut down. */
    public void stop() {
        reject(true);
    }

    /** Rejects actions for a while, like a pool with a bounded queue that is full. */
    public void reject(boolean isFull) {
        isStopped = isFull;
    }

    /** The next times it can make no thread. */
    public void runOutOfThreads(int times) {
        failures = times;
    }

    /** Drops the queued actions, as when the threads of a pool die. */
    public void dropAll() {
        queue.clear();
    }

    int size() {
        return queue.size();
    }

    /** Does what is there and what it brings, and returns how much that was. */
    public int runAll() {
        int count = 0;
        for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
            work.run();
            count++;
        }
        return count;
    }
}
