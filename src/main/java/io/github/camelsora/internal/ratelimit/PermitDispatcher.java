package io.github.camelsora.internal.ratelimit;

import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a {@link RateLimiter}. It starts queued calls on the pool as long as there are tokens and places and no pause is
 * active. It has no thread: what may let a call start (a new request, the end of a call, a timer) calls {@link #dispatch}.
 *
 * <p>{@code isHeld} tells whether no call may start at all, whatever the rate; its end is followed by a dispatch.
 *
 * <p>The monitor guards the queue, the calls in flight, rate, bucket and {@code nextWake}. It is not held while the bucket is
 * asked, a call is handed to the pool, or a call runs, since a shared bucket blocks and a pool may run the call in this thread.
 * So between the count of startable calls and the start of one, a request may be cancelled (its token is refunded) or a pause
 * may begin (the call starts as if the pause had begun a moment later).
 */
final class PermitDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(PermitDispatcher.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final TimerQueue timers;
    private final Executor pool;
    private final RetryAfterPause pause;
    private final BooleanSupplier isHeld;
    private final Runnable onConcurrencyChange;
    /** How many dispatches were asked for and not yet served. The thread that raises it from 0 serves all of them. */
    private final AtomicInteger pendingDrains = new AtomicInteger();

    private final FairQueue queue = new FairQueue();
    private final CallsInFlight inFlight = new CallsInFlight();
    private RateLimit rate = RateLimit.UNLIMITED;
    private TokenBucket bucket = TokenBucket.UNLIMITED;
    private Instant nextWake = Instant.MAX;

    PermitDispatcher(
            InstantSource clock,
            TimerQueue timers,
            Executor pool,
            RetryAfterPause pause,
            BooleanSupplier isHeld,
            Runnable onConcurrencyChange) {
        this.clock = clock;
        this.timers = timers;
        this.pool = pool;
        this.pause = pause;
        this.isHeld = isHeld;
        this.onConcurrencyChange = onConcurrencyChange;
    }

    void reconfigure(RateLimit newRate, TokenBucket newBucket) {
        synchronized (this) {
            rate = newRate;
            bucket = newBucket;
        }
        dispatch();
    }

    synchronized int concurrencyLimit() {
        return inFlight.limit(rate, clock.instant());
    }

    synchronized RateLimiterState state() {
        Instant now = clock.instant();
        return new RateLimiterState(
                rate,
                queue.size(),
                inFlight.count(),
                inFlight.limit(rate, now),
                isHeld.getAsBoolean(),
                Optional.of(pause.until()).filter(now::isBefore));
    }

    void add(PermitRequest request) {
        synchronized (this) {
            queue.add(request);
        }
        dispatch();
    }

    synchronized boolean isQueued(PermitRequest request) {
        return queue.contains(request);
    }

    boolean cancel(PermitRequest request) {
        synchronized (this) {
            if (!queue.remove(request)) {
                return false;
            }
        }
        request.cancelTimeout();
        return true;
    }

    List<Runnable> removeAll(Object lane) {
        List<PermitRequest> requests;
        synchronized (this) {
            requests = queue.removeAll(lane);
        }
        requests.forEach(PermitRequest::cancelTimeout);
        return requests.stream().map(PermitRequest::call).toList();
    }

    /** How long the bucket needs for the queued calls and one more. */
    synchronized Duration expectedQueueTime() {
        return rate.isLimited()
                ? Duration.ofMillis((long) (1_000 * (queue.size() + 1) / rate.perSecond()))
                : Duration.ZERO;
    }

    synchronized boolean isPermitAvailable() {
        Instant now = clock.instant();
        return queue.size() == 0
                && !isHeld.getAsBoolean()
                && !pause.isActive(now)
                && inFlight.free(rate, now) > 0
                && bucket.mayHaveToken();
    }

    private synchronized boolean isEmpty() {
        return queue.size() == 0;
    }

    private synchronized TokenBucket bucket() {
        return bucket;
    }

    /**
     * Starts the calls that can get a permit; those of a bucket that may block are started by a thread of the pool. Never throws,
     * because the request is queued already and its caller would queue it a second time.
     */
    void dispatch() {
        try {
            if (bucket().isNonBlocking()) {
                drain();
            } else if (!isEmpty()) {
                execute(this::drain);
            }
        } catch (Throwable e) {
            retryLater(e);
        }
    }

    /** One thread at a time drains. A dispatch meanwhile is counted, and makes that thread look at the queue once more. */
    private void drain() {
        if (pendingDrains.getAndIncrement() > 0) {
            return;
        }
        int served;
        do {
            served = pendingDrains.get();
            try {
                startCalls();
            } catch (Throwable e) {
                // No other thread drains until this one has counted down.
                retryLater(e);
            }
        } while (pendingDrains.addAndGet(-served) > 0);
    }

    private void retryLater(Throwable failure) {
        try {
            synchronized (this) {
                wakeAt(clock.instant().plus(AFTER_FAILURE));
            }
            LOG.error("Queued calls could not be started; trying again in {} s", AFTER_FAILURE.toSeconds(), failure);
        } catch (Throwable e) {
            // Out of memory, say. The next request, or the end of a call, drains the queue.
        }
    }

    private void startCalls() {
        boolean isMore = true;
        while (isMore) {
            reportConcurrency();
            int wanted = startable();
            if (wanted == 0) {
                return;
            }
            TokenBucket source = bucket();
            TokenBucket.Permits permits = source.tryTake(wanted);
            if (permits.count() == 0) {
                synchronized (this) {
                    wakeAt(clock.instant().plus(permits.nextIn()));
                }
                return;
            }
            isMore = start(permits.count(), source);
        }
    }

    /** How many calls could start if there were tokens. */
    private synchronized int startable() {
        if (isHeld.getAsBoolean()) {
            // The end of the hold dispatches.
            return 0;
        }
        Instant now = clock.instant();
        if (queue.size() > 0 && pause.isActive(now)) {
            wakeAt(pause.until());
            return 0;
        }
        int free = inFlight.free(rate, now);
        if (queue.size() > free) {
            inFlight.nextSlow(now).ifPresent(this::wakeAt);
        }
        return Math.min(queue.size(), free);
    }

    /** Starts so many calls; tells whether all were started, so that there may be more. */
    private boolean start(int count, TokenBucket source) {
        for (int i = 0; i < count; i++) {
            PermitRequest request;
            synchronized (this) {
                request = queue.poll();
                if (request != null) {
                    inFlight.add();
                }
            }
            if (request == null || !start(request)) {
                source.refund(count - i);
                return false;
            }
        }
        return true;
    }

    private boolean start(PermitRequest request) {
        try {
            pool.execute(() -> run(request));
            request.cancelTimeout();
            return true;
        } catch (Throwable e) {
            // The pool has a bounded queue that is full, or the system has no thread left.
            synchronized (this) {
                inFlight.withdraw();
                queue.putBack(request);
                wakeAt(clock.instant().plus(AFTER_FAILURE));
            }
            return false;
        }
    }

    private void run(PermitRequest request) {
        long startedAt = System.nanoTime();
        try {
            onStarted(request);
            request.call().run();
        } catch (Throwable e) {
            // Not thrown on: a pool that runs calls in the calling thread would seem to have rejected this one.
            LOG.error("A call to the service failed with an unexpected error", e);
        } finally {
            synchronized (this) {
                inFlight.ended(request, System.nanoTime() - startedAt);
            }
            reportConcurrency();
            dispatch();
        }
    }

    private synchronized void onStarted(PermitRequest request) {
        try {
            Instant now = clock.instant();
            inFlight.started(request, now);
            if (queue.size() > 0) {
                wakeAt(now.plus(CallsInFlight.SLOW));
            }
        } catch (Throwable e) {
            LOG.debug(
                    "The start of a call was not recorded; if it is slow, it keeps its place among the calls in flight",
                    e);
        }
    }

    /** Tells the owner of the pool when the concurrency limit has changed. */
    private void reportConcurrency() {
        synchronized (this) {
            if (!inFlight.hasLimitChanged(rate, clock.instant())) {
                return;
            }
        }
        try {
            onConcurrencyChange.run();
        } catch (Throwable e) {
            LOG.warn("The pool of HTTP threads keeps its size because it could not be resized", e);
        }
    }

    /** Runs an action on the pool, now or as soon as the pool takes it. */
    void execute(Runnable action) {
        try {
            pool.execute(action);
        } catch (Throwable e) {
            timers.schedule(clock.instant().plus(AFTER_FAILURE), () -> execute(action));
        }
    }

    /** Guarded by this. Only the earliest wake-up has a timer. */
    private void wakeAt(Instant when) {
        if (when.isBefore(nextWake)) {
            // In this order: a timer that could not be set must not keep the next one from being set.
            timers.schedule(when, () -> wake(when));
            nextWake = when;
        }
    }

    private void wake(Instant when) {
        synchronized (this) {
            if (nextWake.equals(when)) {
                nextWake = Instant.MAX;
            }
        }
        dispatch();
    }
}
