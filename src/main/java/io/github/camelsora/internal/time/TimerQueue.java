package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and a queue of due times: the only clock that waits. Ten thousand waiting tasks are ten thousand entries in a
 * heap, not ten thousand scheduled futures. Actions must be short; they hand real work to a pool.
 *
 * <p>Whatever is thrown, by an action, by the clock or by the JVM, the thread goes on: what was paid for waits for it. An
 * action that throws runs again after a pause that grows, so it must bear to be run twice.
 */
public final class TimerQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerQueue.class);

    // The wall clock may be set while we sleep, so no sleep is longer than this.
    private static final long LONGEST_SLEEP_MILLIS = 1_000;

    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    /** How long the thread rests when it has failed outside of an action: there may be no memory for a moment. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    // Who wants no timeout sets the longest one there is.
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Fewer cancelled entries than this are left in the queue until their time. */
    private static final int FEWEST_REMOVED = 1_000;

    /** An entry that is over: what stands where nothing is planned. */
    public static final Timer NONE = new Timer(null, 0, 0, null);

    private final InstantSource clock;
    // Guarded by its monitor, which a thread that dies gives up in any case, and in which it waits without a new
    // object.
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    /** How many entries were cancelled since cancelled ones were last removed; some of them have left the queue since. */
    private final AtomicInteger cancelled = new AtomicInteger();

    private long sequence;
    private volatile boolean stopped;
    private volatile Thread thread;
    private volatile long lastBeat = System.nanoTime();

    /**
     * Creates a ticker that does not tick yet.
     *
     * @param clock what tells the time
     */
    public TimerQueue(InstantSource clock) {
        this.clock = clock;
    }

    /** An action and its time. */
    public static final class Timer implements Comparable<Timer> {
        private final TimerQueue timers;
        // Changes while it is not in the queue only.
        private long time;
        private long pause = FIRST_PAUSE_MILLIS;
        private final long sequence;
        private volatile Runnable action;

        private Timer(TimerQueue timers, long time, long sequence, Runnable action) {
            this.timers = timers;
            this.time = time;
            this.sequence = sequence;
            this.action = action;
        }

        /** Takes the action back, with all that it held. Its entry leaves the queue with others that were cancelled. */
        public void cancel() {
            if (action != null) {
                action = null;
                timers.removeCancelled();
            }
        }

        public boolean isBefore(Instant when) {
            return time < when.toEpochMilli();
        }

        @Override
        public int compareTo(Timer other) {
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
    public Timer schedule(Instant time, Runnable action) {
        synchronized (queue) {
            Timer timer = new Timer(this, millis(time), sequence++, action);
            queue.add(timer);
            if (queue.peek() == timer) {
                queue.notifyAll();
            }
            return timer;
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
        synchronized (queue) {
            if (cancelled.get() >= Math.max(FEWEST_REMOVED, queue.size() / 2)) {
                queue.removeIf(timer -> timer.action == null);
                cancelled.set(0);
            }
        }
    }

    /** How many entries there are, cancelled ones included. */
    int size() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Rounded up, so that an action that looks at the clock finds its time over. */
    private static long millis(Instant time) {
        return time.isBefore(LATEST) ? time.plusNanos(999_999).toEpochMilli() : Long.MAX_VALUE;
    }

    /**
     * Ticks on a thread of a pool until it is stopped, or the pool is. A thread that ends before is replaced.
     *
     * @param pool where to tick; it has a thread for nothing else
     */
    public void start(ExecutorService pool) {
        pool.execute(() -> {
            try {
                run();
            } finally {
                if (!stopped && !pool.isShutdown()) {
                    // Queued before anything else is tried: the pool replaces a thread that dies while something waits.
                    start(pool);
                    LOG.error("The thread of the timer has ended before its time; another one goes on");
                }
            }
        });
    }

    /**
     * Replaces a thread that is no longer there.
     *
     * @param pool where to tick
     */
    public void restartIfDead(ExecutorService pool) {
        Thread last = thread;
        if (!stopped && !pool.isShutdown() && (last == null || !last.isAlive())) {
            start(pool);
        }
    }

    /** For how long it has not ticked, by a clock that nobody sets; less than two seconds while all is well. */
    public Duration timeSinceLastTick() {
        return Duration.ofNanos(System.nanoTime() - lastBeat);
    }

    /** Ticks until it is stopped, or its thread is interrupted. */
    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (isToTick()) {
                runDue();
            }
        } finally {
            thread = null;
        }
    }

    private boolean isToTick() {
        while (true) {
            try {
                return awaitNext();
            } catch (Throwable e) {
                rest(e);
            }
        }
    }

    /** Memory is out, say, or the clock is a ledger's that fails. */
    private static void rest(Throwable failure) {
        LockSupport.parkNanos(REST_NANOS);
        try {
            LOG.error("The timer failed and goes on", failure);
        } catch (Throwable e) {
            // There is nothing that could be said, and all others wait.
        }
    }

    /** Runs what is due by the clock, in order of time; what is due later stays. */
    public void runDue() {
        try {
            for (Timer timer = poll(); timer != null; timer = poll()) {
                Runnable action = timer.action;
                if (action != null) {
                    lastBeat = System.nanoTime();
                    run(timer, action);
                }
            }
        } catch (Throwable e) {
            rest(e);
        }
    }

    /** Ends {@link #run}. What is still in the queue is never run. */
    public void stop() {
        synchronized (queue) {
            stopped = true;
            queue.clear();
            queue.notifyAll();
        }
    }

    private void run(Timer timer, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            // Kept first, without a new object: there may be no memory for a line in the log.
            again(timer);
            LOG.warn("An action of the timer failed and is run again in {} ms", timer.pause, e);
        }
    }

    private void again(Timer timer) {
        try {
            timer.time = clock.millis() + timer.pause;
        } catch (Throwable e) {
            timer.time += timer.pause;
        }
        timer.pause = Math.min(2 * timer.pause, LONGEST_PAUSE_MILLIS);
        synchronized (queue) {
            if (!stopped) {
                queue.add(timer);
            }
        }
    }

    private Timer poll() {
        synchronized (queue) {
            Timer first = queue.peek();
            return first != null && first.time <= clock.millis() ? queue.poll() : null;
        }
    }

    private boolean awaitNext() {
        synchronized (queue) {
            while (!stopped) {
                lastBeat = System.nanoTime();
                Timer first = queue.peek();
                long millis = first == null ? LONGEST_SLEEP_MILLIS : first.time - clock.millis();
                if (first != null && millis <= 0) {
                    return true;
                }
                try {
                    queue.wait(Math.min(millis, LONGEST_SLEEP_MILLIS));
                } catch (InterruptedException e) {
                    // By the pool that owns this thread, or else the pool gets another one.
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return false;
        }
    }
}
