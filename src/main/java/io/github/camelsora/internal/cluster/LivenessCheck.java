package io.github.camelsora.internal.cluster;

import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.time.UserCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether what is paid for could be followed: the timer ticks, the lease is renewed, the ledger's file is there. While
 * one of them fails nothing new is paid, and the log says why. It recovers by itself. It watches from a thread of its own, since
 * those of the pools could be what has died, and since a log that blocks must hold up nothing else.
 */
public final class LivenessCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LivenessCheck.class);

    /** The timer ticks once a second. */
    private static final Duration LONGEST_SILENCE_OF_THE_TIMER = Duration.ofSeconds(10);

    private static final Duration LEAST_SILENCE_OF_THE_LEASE = Duration.ofSeconds(10);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** A JVM that was paused finds all silent for a moment. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final TimerQueue timers;
    private final ExecutorService timerPool;
    private final NodeLease lease;
    private final Runnable renewal;
    private final Supplier<Optional<String>> ledgerTrouble;
    private volatile boolean isStopped;
    private volatile Thread watcher;
    /** The trouble that was last found for certain; null for none. */
    private volatile String known;

    private volatile String suspected;
    private long nextLine;
    private Duration pause = FIRST_PAUSE;

    /**
     * Creates a watch that has not begun.
     *
     * @param timers the timer
     * @param timerPool where it ticks
     * @param lease this node's lease
     * @param renewal has the lease renewed soon, without blocking
     * @param ledgerTrouble what is wrong with the place where the ledger is; cheap, and never blocking
     */
    public LivenessCheck(
            TimerQueue timers,
            ExecutorService timerPool,
            NodeLease lease,
            Runnable renewal,
            Supplier<Optional<String>> ledgerTrouble) {
        this.timers = timers;
        this.timerPool = timerPool;
        this.lease = lease;
        this.renewal = renewal;
        this.ledgerTrouble = ledgerTrouble;
    }

    /** Begins to watch, until it is stopped. */
    public void start() {
        Thread own = new Thread(this::watch, "Watch of timer and lease");
        own.setDaemon(true);
        watcher = own;
        own.start();
    }

    /** Ends it. */
    public void stop() {
        isStopped = true;
        LockSupport.unpark(watcher);
    }

    private void watch() {
        while (!isStopped) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            // An interrupted thread cannot pause.
            Thread.interrupted();
            if (!isStopped) {
                lookSafely();
            }
        }
    }

    private void lookSafely() {
        try {
            check();
        } catch (Throwable e) {
            // Also where it cannot be logged, the thread goes on.
            UserCode.call("Watching timer and lease", () -> LOG.warn("Timer and lease could not be watched", e));
        }
    }

    /** Looks once. What is found is certain when it is found again. */
    void check() {
        Optional<String> found = find();
        boolean isCertain = found.isPresent() && (suspected != null || known != null);
        suspected = found.orElse(null);
        if (found.isEmpty()) {
            over();
        } else {
            mend();
            if (isCertain) {
                tell(found.get());
            }
        }
    }

    /**
     * Tells why nothing new may be paid for now. Cheap while all is well; while it is not certain it holds the calling thread,
     * for a second at most.
     *
     * @return the reason, a sentence; empty when all is well
     */
    public Optional<String> problem() {
        Optional<String> found = find();
        if (found.isEmpty() || known != null) {
            return found;
        }
        return confirmed(found);
    }

    private Optional<String> confirmed(Optional<String> suspicion) {
        Optional<String> found = suspicion;
        mend();
        boolean isInterrupted = false;
        long begun = System.nanoTime();
        while (found.isPresent() && System.nanoTime() - begun < PATIENCE_NANOS) {
            // An interrupted thread cannot pause, and would use up a processor.
            isInterrupted |= Thread.interrupted();
            LockSupport.parkNanos(STEP_NANOS);
            found = find();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        found.ifPresent(this::tell);
        return found;
    }

    private Optional<String> find() {
        Optional<String> ofTheLedger = ledgerTrouble.get();
        if (ofTheLedger.isPresent()) {
            return ofTheLedger;
        }
        Duration timer = timers.timeSinceLastTick();
        if (timer.compareTo(LONGEST_SILENCE_OF_THE_TIMER) > 0) {
            return Optional.of("The timer of this JVM has not ticked for " + timer.toSeconds()
                    + " s: its thread is dead or held, so that no task would be polled and no wait would end");
        }
        Duration unrenewed = lease.silence();
        if (unrenewed.compareTo(LEAST_SILENCE_OF_THE_LEASE) > 0 && unrenewed.compareTo(lease.duration()) > 0) {
            return Optional.of("The lease of this JVM was not renewed for " + unrenewed.toSeconds()
                    + " s: its thread is dead or held, or the ledger is away, and other JVMs take over its tasks");
        }
        return Optional.empty();
    }

    private void mend() {
        UserCode.call("Replacing the thread of the timer", () -> timers.restartIfDead(timerPool));
        UserCode.call("Renewing the lease", renewal);
    }

    private synchronized void tell(String trouble) {
        long now = System.nanoTime();
        boolean isNew = known == null;
        known = trouble;
        if (isNew) {
            pause = FIRST_PAUSE;
        }
        if (isNew || now - nextLine >= 0) {
            nextLine = now + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            LOG.error("{}. New requests are refused, and nothing is paid, until that is over", trouble);
        }
    }

    private synchronized void over() {
        if (known != null) {
            LOG.info("Timer, lease and ledger work again, and new requests are sent. What was wrong: {}", known);
            known = null;
        }
    }
}
