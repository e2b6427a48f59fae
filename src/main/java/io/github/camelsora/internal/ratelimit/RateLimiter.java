package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the calls of one kind through, each when there is a token in the bucket and a place among those under way. Who finds
 * none waits, without a thread. Thread-safe.
 *
 * <p>A gate may be closed for a while, when the service asks for that. Nobody passes a closed gate.
 */
public final class RateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Alarm alarm;
    private final Executor pool;
    private final Runnable onResize;
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicInteger passes = new AtomicInteger();

    private final FairQueue turns = new FairQueue();
    private final CallsInFlight underWay = new CallsInFlight();
    private RateLimit rate = RateLimit.UNLIMITED;
    private TokenBucket tokens = TokenBucket.UNLIMITED;
    private int knownPlaces = ConcurrencyLimit.WITHOUT_LIMITS;
    private final RetryAfterPause closure;
    private Instant nextWake = Instant.MAX;

    RateLimiter(InstantSource clock, Alarm alarm, Executor pool, Duration longestPause, Runnable onResize) {
        this.clock = clock;
        this.alarm = alarm;
        this.pool = pool;
        this.closure = new RetryAfterPause(longestPause);
        this.onResize = onResize;
    }

    /** Changes where tokens come from. */
    void reconfigure(RateLimit from, TokenBucket newTokens) {
        synchronized (this) {
            rate = from;
            tokens = newTokens;
        }
        pass();
    }

    /** How many calls may be under way at once. */
    synchronized int concurrencyLimit() {
        return underWay.places(rate, clock.instant());
    }

    /**
     * The number of an arrival. Who comes back with it takes the place in the order that it had.
     *
     * @return a number greater than all before
     */
    public long nextOrder() {
        return arrivals.incrementAndGet();
    }

    /**
     * Has a call wait for its turn. It runs on the pool.
     *
     * @param lane lanes take turns
     * @param order the least of a lane comes first
     * @param call what to run
     * @return what waits
     */
    public PermitRequest acquire(String lane, long order, Runnable call) {
        PermitRequest ticket = new PermitRequest(this, lane, order, nextOrder(), call);
        add(ticket);
        return ticket;
    }

    /**
     * Has a call wait for its turn until a deadline. When the gate is closed beyond it, waiting would change nothing, and it is
     * too late at once.
     *
     * @param lane lanes take turns
     * @param order the least of a lane comes first
     * @param call what to run
     * @param deadline until when to wait
     * @param tooLate what to run instead, on the pool, when its turn has not come by then
     * @return what waits
     */
    public PermitRequest acquire(String lane, long order, Runnable call, Instant deadline, Runnable tooLate) {
        PermitRequest ticket = new PermitRequest(this, lane, order, nextOrder(), call);
        if (pausedUntil().isAfter(deadline)) {
            inPool(tooLate);
            return ticket;
        }
        ticket.endsBy(alarm.at(deadline, new Lateness(ticket, tooLate)));
        add(ticket);
        return ticket;
    }

    /** What happens at the deadline of a call. It may be run again when it breaks off. */
    private final class Lateness implements Runnable {
        private final PermitRequest ticket;
        private final Runnable tooLate;
        private boolean hasLeft;

        Lateness(PermitRequest ticket, Runnable tooLate) {
            this.ticket = ticket;
            this.tooLate = tooLate;
        }

        @Override
        public void run() {
            hasLeft = hasLeft || ticket.cancel();
            if (hasLeft) {
                inPool(tooLate);
            }
        }
    }

    private void add(PermitRequest ticket) {
        synchronized (this) {
            turns.add(ticket);
        }
        pass();
    }

    synchronized boolean isQueued(PermitRequest ticket) {
        return turns.contains(ticket);
    }

    /** Lets through what may pass, in case that what should have woken this gate got lost. */
    public void dispatch() {
        pass();
    }

    boolean cancel(PermitRequest ticket) {
        synchronized (this) {
            if (!turns.remove(ticket)) {
                return false;
            }
        }
        ticket.forgetDeadline();
        return true;
    }

    /** Takes all of a lane away, to be run by whoever ends this gate. */
    List<Runnable> clear(String lane) {
        List<PermitRequest> waiting;
        synchronized (this) {
            waiting = turns.clear(lane);
        }
        waiting.forEach(PermitRequest::forgetDeadline);
        return waiting.stream().map(PermitRequest::call).toList();
    }

    /**
     * How many times the service has said that there are too many. Whoever makes a call remembers it, to tell later by it
     * whether a refusal was new.
     *
     * @return the number
     */
    public synchronized long pauseCount() {
        return closure.refusalsHeard();
    }

    /** The service has taken a call. */
    public synchronized void onAccepted() {
        closure.accepted();
    }

    /**
     * The service has said that there are too many: nobody passes for a while.
     *
     * @param heardBefore {@link #pauseCount} when the call began
     * @param retryAfter how long the service asks to wait; null when it does not
     * @param atLeast how long to wait in any case
     * @return for how long the gate is closed from now
     */
    Duration pause(long heardBefore, Duration retryAfter, Duration atLeast) {
        Instant now = clock.instant();
        synchronized (this) {
            closure.refused(now, heardBefore, retryAfter, atLeast);
            if (turns.size() > 0) {
                wakeAt(closure.until());
            }
            return Duration.between(now, closure.until());
        }
    }

    /**
     * Until when nobody passes.
     *
     * @return the time; long ago when the gate is open
     */
    synchronized Instant pausedUntil() {
        return closure.until();
    }

    private boolean isClosed() {
        return closure.isAt(clock.instant());
    }

    /**
     * How long a newcomer waits for its turn, by what is known now.
     *
     * @return an estimate, at least a second
     */
    public synchronized Duration expectedWait() {
        Instant now = clock.instant();
        Duration closed = closure.isAt(now) ? Duration.between(now, closure.until()) : Duration.ZERO;
        Duration queue = rate.isLimited()
                ? Duration.ofMillis((long) (1_000 * (turns.size() + 1) / rate.perSecond()))
                : Duration.ZERO;
        return RetryAfterPause.longer(A_MOMENT, closed.plus(queue));
    }

    /**
     * Tells whether who comes now passes at once, as far as is known.
     *
     * @return false when there is a queue, no token, no place, or the gate is closed
     */
    public synchronized boolean isPermitAvailable() {
        return turns.size() == 0 && !isClosed() && underWay.free(rate, clock.instant()) > 0 && tokens.mayHaveToken();
    }

    /** How many wait. */
    synchronized int queueLength() {
        return turns.size();
    }

    private synchronized TokenBucket tokensNow() {
        return tokens;
    }

    /** Never throws: what waits must not be entered a second time because it could not be let through now. */
    private void pass() {
        try {
            if (tokensNow().isNonBlocking()) {
                drain();
            } else if (queueLength() > 0) {
                inPool(this::drain);
            }
        } catch (Throwable e) {
            tryLater(e);
        }
    }

    /** One thread at a time lets through; what others would let through it sees to. */
    private void drain() {
        if (passes.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = passes.get();
            try {
                passWhileThereIsSomething();
            } catch (Throwable e) {
                // No other thread lets through until this one has counted down.
                tryLater(e);
            }
        } while (passes.addAndGet(-seen) > 0);
    }

    private void tryLater(Throwable failure) {
        try {
            synchronized (this) {
                wakeAt(clock.instant().plus(A_MOMENT));
            }
            LOG.error("Calls could not be let through and are let through later", failure);
        } catch (Throwable e) {
            // No memory even for that. The next call that comes or ends lets through what waits.
        }
    }

    private void passWhileThereIsSomething() {
        boolean isMore = true;
        while (isMore) {
            resize();
            int wanted = wanted();
            if (wanted == 0) {
                return;
            }
            TokenBucket source = tokensNow();
            Permits grant = source.tryTake(wanted);
            if (grant.count() == 0) {
                synchronized (this) {
                    wakeAt(clock.instant().plus(grant.nextIn()));
                }
                return;
            }
            isMore = let(grant.count(), source);
        }
    }

    /** How many could pass if there were tokens. */
    private synchronized int wanted() {
        if (turns.size() > 0 && isClosed()) {
            wakeAt(closure.until());
            return 0;
        }
        Instant now = clock.instant();
        int free = underWay.free(rate, now);
        if (turns.size() > free) {
            underWay.nextSlow(now).ifPresent(this::wakeAt);
        }
        return Math.min(turns.size(), free);
    }

    private boolean let(int count, TokenBucket source) {
        for (int i = 0; i < count; i++) {
            PermitRequest ticket;
            synchronized (this) {
                ticket = turns.poll();
                if (ticket != null) {
                    underWay.pass();
                }
            }
            if (ticket == null || !start(ticket)) {
                source.refund(count - i);
                return false;
            }
        }
        return true;
    }

    private boolean start(PermitRequest ticket) {
        try {
            pool.execute(() -> run(ticket));
            ticket.forgetDeadline();
            return true;
        } catch (Throwable e) {
            // A pool that a user has bounded may be full for the moment, or the system has no thread left.
            synchronized (this) {
                underWay.takeBack();
                turns.add(ticket);
                wakeAt(clock.instant().plus(A_MOMENT));
            }
            return false;
        }
    }

    private void run(PermitRequest ticket) {
        long begun = System.nanoTime();
        try {
            noteBegin(ticket);
            ticket.call().run();
        } catch (Throwable e) {
            // Not to the pool: where it runs calls in the calling thread, this one would seem not to have begun.
            LOG.error("A call broke off", e);
        } finally {
            synchronized (this) {
                underWay.end(ticket, System.nanoTime() - begun);
            }
            resize();
            pass();
        }
    }

    private synchronized void noteBegin(PermitRequest ticket) {
        try {
            Instant now = clock.instant();
            underWay.begin(ticket, now);
            if (turns.size() > 0) {
                wakeAt(now.plus(CallsInFlight.SLOW));
            }
        } catch (Throwable e) {
            LOG.debug("If this call is slow, it takes a place from the others", e);
        }
    }

    /** Has the pool follow the places that there are. */
    private void resize() {
        synchronized (this) {
            int count = concurrencyLimit();
            if (count == knownPlaces) {
                return;
            }
            knownPlaces = count;
        }
        try {
            onResize.run();
        } catch (Throwable e) {
            LOG.warn("The pool of calls keeps its size, since it could not be changed", e);
        }
    }

    private void inPool(Runnable action) {
        try {
            pool.execute(action);
        } catch (Throwable e) {
            alarm.at(clock.instant().plus(A_MOMENT), () -> inPool(action));
        }
    }

    /** Guarded by this. One alarm is set for the earliest time, and none for a later one. */
    private void wakeAt(Instant when) {
        if (when.isBefore(nextWake)) {
            // In this order: an alarm that could not be set must not keep the next one from being set.
            alarm.at(when, () -> wake(when));
            nextWake = when;
        }
    }

    private void wake(Instant when) {
        synchronized (this) {
            if (nextWake.equals(when)) {
                nextWake = Instant.MAX;
            }
        }
        pass();
    }
}
