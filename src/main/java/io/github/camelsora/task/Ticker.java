package io.github.camelsora.task;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and a queue of due times: the only clock that waits. Ten thousand waiting tasks are ten thousand entries in a
 * heap, not ten thousand scheduled futures. Actions must be short; they hand real work to a pool.
 */
public final class Ticker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    // The wall clock may be set while we sleep, so no sleep is longer than this.
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    // Who wants no timeout sets the longest one there is.
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Fewer cancelled entries than this are left in the queue until their time. */
    private static final int FEWEST_REMOVED = 1_000;

    /** An entry that is over: what stands where nothing is planned. */
    static final Due NOTHING = new Due(null, 0, 0, null);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    /** How many entries were cancelled since cancelled ones were last removed; some of them have left the queue since. */
    private final AtomicInteger cancelled = new AtomicInteger();

    private long sequence;
    private boolean stopped;

    /**
     * Creates a ticker that does not tick yet.
     *
     * @param clock what tells the time
     */
    public Ticker(InstantSource clock) {
        this.clock = clock;
    }

    /** An action and its time. */
    public static final class Due implements Comparable<Due> {
        private final Ticker ticker;
        private final long time;
        private final long sequence;
        private volatile Runnable action;

        private Due(Ticker ticker, long time, long sequence, Runnable action) {
            this.ticker = ticker;
            this.time = time;
            this.sequence = sequence;
            this.action = action;
        }

        /** Takes the action back, with all that it held. Its entry leaves the queue with others that were cancelled. */
        public void cancel() {
            if (action != null) {
                action = null;
                ticker.removeCancelled();
            }
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /**
     * Has an action run at a time, or at once when the time is over.
     *
     * @param time when
     * @param action what; short, and never blocking
     * @return the entry, by which it can be cancelled
     */
    public Due at(Instant time, Runnable action) {
        lock.lock();
        try {
            Due due = new Due(this, millis(time), sequence++, action);
            queue.add(due);
            if (queue.peek() == due) {
                earlier.signal();
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A time that is hours away must not keep the entry of what was over within a second. They are removed when they may be half
     * of the queue, so that each costs the same however many there are.
     */
    private void removeCancelled() {
        if (cancelled.incrementAndGet() < FEWEST_REMOVED) {
            return;
        }
        lock.lock();
        try {
            if (cancelled.get() >= Math.max(FEWEST_REMOVED, queue.size() / 2)) {
                queue.removeIf(due -> due.action == null);
                cancelled.set(0);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many entries there are, cancelled ones included. */
    int size() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Rounded up, so that an action that looks at the clock finds its time over. */
    private static long millis(Instant time) {
        return time.isBefore(LATEST) ? time.plusNanos(999_999).toEpochMilli() : Long.MAX_VALUE;
    }

    /** Ticks until it is stopped. */
    @Override
    public void run() {
        while (awaitNext()) {
            runDue();
        }
    }

    /** Runs what is due by the clock, in order of time; what is due later stays. */
    void runDue() {
        for (Due due = poll(); due != null; due = poll()) {
            Runnable action = due.action;
            if (action != null) {
                runSafely(action);
            }
        }
    }

    /** Ends {@link #run}. What is still in the queue is never run. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            queue.clear();
            earlier.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            // One bad action must not end the waiting of all others, whatever it throws.
            LOG.warn("An action of the ticker failed", e);
        }
    }

    private Due poll() {
        lock.lock();
        try {
            Due first = queue.peek();
            return first != null && first.time <= clock.millis() ? queue.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitNext() {
        lock.lock();
        try {
            while (!stopped) {
                Due first = queue.peek();
                long nanos = first == null
                        ? LONGEST_SLEEP_NANOS
                        : TimeUnit.MILLISECONDS.toNanos(first.time - clock.millis());
                if (first != null && nanos <= 0) {
                    return true;
                }
                earlier.awaitNanos(Math.min(nanos, LONGEST_SLEEP_NANOS));
            }
        } catch (InterruptedException e) {
            // Only the pool that owns this thread interrupts it, and only to end it.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return false;
    }
}
