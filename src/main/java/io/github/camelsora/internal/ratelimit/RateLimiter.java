package io.github.camelsora.internal.ratelimit;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Limits the calls of one kind, submits or queries. A call needs a permit: a token of the bucket, and a place among the calls
 * in flight. A call that gets none yet waits in a queue, without a thread. While the service has asked for a pause, no call
 * gets a permit. Thread-safe.
 */
public final class RateLimiter {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final TimerQueue timers;
    private final RetryAfterPause pause;
    private final PermitDispatcher dispatcher;
    private final AtomicLong lastOrder = new AtomicLong();

    RateLimiter(
            InstantSource clock,
            TimerQueue timers,
            Executor pool,
            Duration longestPause,
            BooleanSupplier isHeld,
            Runnable onConcurrencyChange) {
        this.clock = clock;
        this.timers = timers;
        this.pause = new RetryAfterPause(longestPause);
        this.dispatcher = new PermitDispatcher(clock, timers, pool, pause, isHeld, onConcurrencyChange);
    }

    /** Replaces the rate and the bucket. */
    void reconfigure(RateLimit rate, TokenBucket bucket) {
        dispatcher.reconfigure(rate, bucket);
    }

    /** How many calls may be in flight at once. */
    int concurrencyLimit() {
        return dispatcher.concurrencyLimit();
    }

    /** What it does at the moment. Does not ask a shared bucket. */
    public RateLimiterState state() {
        return dispatcher.state();
    }

    /**
     * A number for the order of calls. A call that is queued again with its earlier number keeps its place.
     *
     * @return a number greater than all before
     */
    public long nextOrder() {
        return lastOrder.incrementAndGet();
    }

    /**
     * Queues a call until it gets a permit. It runs on the pool.
     *
     * @param lane lanes take turns
     * @param order within a lane the call with the least order comes first
     * @param call what to run
     * @return the request, by which it can be cancelled
     */
    public PermitRequest acquire(Object lane, long order, Runnable call) {
        PermitRequest request = new PermitRequest(dispatcher, lane, order, nextOrder(), call);
        dispatcher.add(request);
        return request;
    }

    /** The same as with all parameters, with the normal priority. */
    public PermitRequest acquire(Object lane, long order, Runnable call, Instant deadline, Runnable onTimeout) {
        return acquire(lane, TaskOrigin.NORMAL_PRIORITY, order, call, deadline, onTimeout);
    }

    /**
     * Queues a call until it gets a permit or its deadline has come. When a pause lasts beyond the deadline, the call times out
     * at once.
     *
     * @param lane lanes of the same priority take turns
     * @param priority the call with the highest priority comes first, 0 to 9
     * @param order within a lane and a priority the call with the least order comes first
     * @param call what to run
     * @param deadline until when the call may wait
     * @param onTimeout what to run instead, on the pool, when the call has got no permit by then
     * @return the request, by which it can be cancelled
     */
    public PermitRequest acquire(
            Object lane, int priority, long order, Runnable call, Instant deadline, Runnable onTimeout) {
        PermitRequest request = new PermitRequest(dispatcher, lane, priority, order, nextOrder(), call);
        if (pausedUntil().isAfter(deadline)) {
            dispatcher.execute(onTimeout);
            return request;
        }
        request.setTimeout(timers.schedule(deadline, new Timeout(request, onTimeout)));
        dispatcher.add(request);
        return request;
    }

    /** Cancels a request at its deadline. The timer runs it again if it fails, so it remembers what is done. */
    private final class Timeout implements Runnable {
        private final PermitRequest request;
        private final Runnable onTimeout;
        private boolean isCancelled;

        Timeout(PermitRequest request, Runnable onTimeout) {
            this.request = request;
            this.onTimeout = onTimeout;
        }

        @Override
        public void run() {
            isCancelled = isCancelled || request.cancel();
            if (isCancelled) {
                dispatcher.execute(onTimeout);
            }
        }
    }

    /** Starts the calls that can get a permit, in case the timer or the event that should have done so was lost. */
    public void dispatch() {
        dispatcher.dispatch();
    }

    /** Removes all requests of a lane. Their calls, which have not run, are for the caller to run. */
    List<Runnable> removeAll(Object lane) {
        return dispatcher.removeAll(lane);
    }

    /**
     * How often the service has asked for a pause. A call reads the number when it begins and passes it on when it is rejected:
     * rejections of calls that were in flight together count as one.
     *
     * @return the number
     */
    public long pauseCount() {
        return pause.count();
    }

    /** The service has accepted a call. */
    public void onAccepted() {
        pause.onAccepted();
    }

    /**
     * The service has asked for a pause: no call gets a permit for a while.
     *
     * @param countBefore {@link #pauseCount} when the call began
     * @param retryAfter how long the service asks to wait; null when it does not say
     * @param atLeast the shortest pause
     * @return how long the pause lasts from now
     */
    Duration pause(long countBefore, Duration retryAfter, Duration atLeast) {
        Instant now = clock.instant();
        Instant until = pause.extend(now, countBefore, retryAfter, atLeast);
        // Calls that are queued need a timer for the end of the pause.
        dispatcher.dispatch();
        return Duration.between(now, until);
    }

    /**
     * Until when no call gets a permit.
     *
     * @return the end of the pause; a time in the past when there is none
     */
    Instant pausedUntil() {
        return pause.until();
    }

    /**
     * How long a call that comes now will wait for its permit.
     *
     * @return an estimate, at least a second
     */
    public Duration expectedWait() {
        Instant now = clock.instant();
        Duration paused = pause.isActive(now) ? Duration.between(now, pause.until()) : Duration.ZERO;
        Duration wait = paused.plus(dispatcher.expectedQueueTime());
        return wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT;
    }

    /**
     * Tells whether a call that comes now gets a permit at once, as far as is known. A shared bucket is not asked.
     *
     * @return false when calls are queued, there is no token, the concurrency limit is reached, or a pause is active
     */
    public boolean isPermitAvailable() {
        return dispatcher.isPermitAvailable();
    }
}
