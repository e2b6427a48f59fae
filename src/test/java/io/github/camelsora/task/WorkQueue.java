package io.github.camelsora.task;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A pool whose work is done when the test says so, by the thread that says so. */
final class WorkQueue implements Executor {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopped;

    @Override
    public void execute(Runnable work) {
        if (isStopped) {
            throw new RejectedExecutionException("This pool was stopped by the test");
        }
        queue.add(work);
    }

    /** Takes no more, as a pool does that was shut down. */
    void stop() {
        refuse(true);
    }

    /** Takes no more for a while, as a pool does that somebody has bounded. */
    void refuse(boolean isFull) {
        isStopped = isFull;
    }

    int size() {
        return queue.size();
    }

    /** Does what is there and what it brings, and tells how much that was. */
    int runAll() {
        int count = 0;
        for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
            work.run();
            count++;
        }
        return count;
    }
}
