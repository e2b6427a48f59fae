package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions at their times, by one thread and one queue for the whole component. Actions must be short, and hand real work to
 * a pool. Thread-safe.
 *
 * <p>Whatever is thrown, by an action, by the clock or by the JVM, the thread goes on: polls of tasks that were paid for depend
 * on it. An action that throws runs again after a growing pause, so it must allow being run twice.
 */
public final class TimerQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerQueue.class);

    // The wall clock may be changed while the thread sleeps, so no sleep is longer than this.
    private static final long LONGEST_SLEEP_MILLIS = 1_000;

    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    /** The pause after a failure outside of an action, for instance for lack of memory. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    // A user may disable a timeout by setting the longest one possible.
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Fewer cancelled timers than this stay in the queue until their time. */
    private static final int FEWEST_REMOVED = 1_000;

    /** A timer that is over, for fields that hold none. */
    public static final Timer NONE = new Timer(null, 0, 0, null);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    // Guarded by its monitor: a thread that dies releases it in any case, and waits in it without allocating.
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    /** How many timers were cancelled since the last removal; some of them may have left the queue by themselves. */
    private final AtomicInteger cancelled = new AtomicInteger();

    private long sequence;
    private volatile boolean stopped;
    private volatile Thread thread;
    private volatile long lastTick;

    /**
     * Creates a queue without a thread.
     *
     * @param clock the clock of all due times
     */
    public TimerQueue(InstantSource clock) {
        this(clock, System::nanoTime);
    }

    /**
     * Creates a queue without a thread.
     *
     * @param clock the clock of all due times
     * @param nanoTime counts the nanoseconds of this JVM, by which the thread is watched
     */
    public TimerQueue(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastTick = nanoTime.getAsLong();
    }

    /** A scheduled action. */
    public static final class Timer implements Comparable<Timer> {
        private final TimerQueue timers;
        // Changes only while the timer is not in the queue.
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

        /** Cancels the action and releases all that it refers to. The timer leaves the queue later, together with others. */
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
     * Schedules an action.
     *
     * @param time when to run it; at once when that time is past
     * @param action what to run; short, and never blocking
     * @return the timer, by which it can be cancelled
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
     * Removes cancelled timers once they may be half of the queue: a timer that is hours away must not stay in it when it was
     * cancelled within a second. So a cancellation costs the same on average, however many timers there are.
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

    /** How many timers there are, cancelled ones included. */
    int size() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Rounded up, so that the clock has reached the time when the action runs. */
    private static long millis(Instant time) {
        return time.isBefore(LATEST) ? time.plusNanos(999_999).toEpochMilli() : Long.MAX_VALUE;
    }

    /**
     * Runs on a thread of a pool until this queue or the pool is stopped. A thread that ends before is replaced.
     *
     * @param pool a pool with one thread, which is used for nothing else
     */
    public void start(ExecutorService pool) {
        pool.execute(() -> {
            try {
                run();
            } finally {
                if (!stopped && !pool.isShutdown()) {
                    // Before anything else: a pool replaces a thread that dies while a task is queued.
                    start(pool);
                    LOG.error("The timer thread has died and was replaced; no timer is lost");
                }
            }
        });
    }

    /**
     * Replaces the thread if it is dead.
     *
     * @param pool the pool that it was started on
     */
    public void restartIfDead(ExecutorService pool) {
        Thread last = thread;
        if (!stopped && !pool.isShutdown() && (last == null || !last.isAlive())) {
            start(pool);
        }
    }

    /** How long the thread has not run, by the nanosecond counter of the JVM; less than two seconds normally. */
    public Duration timeSinceLastTick() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastTick);
    }

    /** Runs due actions until the queue is stopped, or the thread is interrupted. */
    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (awaitDue()) {
                runDue();
            }
        } finally {
            thread = null;
        }
    }

    private boolean awaitDue() {
        while (true) {
            try {
                return awaitNext();
            } catch (Throwable e) {
                pauseAfter(e);
            }
        }
    }

    /** After a failure outside of an action: out of memory, say, or the clock is that of a ledger and fails. */
    private static void pauseAfter(Throwable failure) {
        LockSupport.parkNanos(AFTER_FAILURE_NANOS);
        try {
            LOG.error("The timer failed and goes on", failure);
        } catch (Throwable e) {
            // It cannot be logged, and all other timers wait for this thread.
        }
    }

    /** Runs all due actions in the order of their times. */
    public void runDue() {
        try {
            for (Timer timer = poll(); timer != null; timer = poll()) {
                Runnable action = timer.action;
                if (action != null) {
                    lastTick = nanoTime.getAsLong();
                    run(timer, action);
                }
            }
        } catch (Throwable e) {
            pauseAfter(e);
        }
    }

    /** Ends {@link #run}. Actions that are still in the queue never run. */
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
            // Before logging, and without allocating: there may be no memory for a log message.
            reschedule(timer);
            LOG.warn("A timer's action failed and is run again in {} ms", timer.pause, e);
        }
    }

    private void reschedule(Timer timer) {
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
                lastTick = nanoTime.getAsLong();
                Timer first = queue.peek();
                long millis = first == null ? LONGEST_SLEEP_MILLIS : first.time - clock.millis();
                if (first != null && millis <= 0) {
                    return true;
                }
                try {
                    queue.wait(Math.min(millis, LONGEST_SLEEP_MILLIS));
                } catch (InterruptedException e) {
                    // The pool that owns this thread is being stopped; otherwise start() replaces the thread.
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return false;
        }
    }
}
