package io.github.camelsora.internal.cluster;

import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.time.Backoff;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a task that is paid for now could be tracked: the timer ticks, the lease is renewed, the ledger's file exists.
 * While one of them fails no new request is sent, and the log says why; it recovers by itself. The check has a thread of its
 * own, because the threads of the pools may be what has died, and a log that blocks must not block anything else.
 */
public final class LivenessCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LivenessCheck.class);

    /** The timer ticks once a second. */
    private static final Duration LONGEST_TIME_WITHOUT_TICK = Duration.ofSeconds(10);

    private static final Duration LEAST_TIME_WITHOUT_RENEWAL = Duration.ofSeconds(10);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Backoff LOG_BACKOFF = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));

    private final TimerQueue timers;
    private final ExecutorService timerPool;
    private final NodeLease lease;
    private final Runnable renewal;
    private final Supplier<Optional<String>> ledgerProblem;
    private final LivenessSettings settings;
    private volatile boolean isStopped;
    private volatile Thread watcher;
    /** The problem that was confirmed last and is not solved yet; null for none. */
    private volatile String confirmed;

    private volatile String suspected;
    private long nextReport;
    private int reports;

    /**
     * Creates it, not started.
     *
     * @param timers the timer
     * @param timerPool the pool of its thread
     * @param lease this node's lease
     * @param renewal triggers a renewal of the lease, without blocking
     * @param ledgerProblem what is wrong with the ledger's file; cheap, and never blocks
     * @param settings by which counter the timer and the lease are watched, and how often
     */
    public LivenessCheck(
            TimerQueue timers,
            ExecutorService timerPool,
            NodeLease lease,
            Runnable renewal,
            Supplier<Optional<String>> ledgerProblem,
            LivenessSettings settings) {
        this.timers = timers;
        this.timerPool = timerPool;
        this.lease = lease;
        this.renewal = renewal;
        this.ledgerProblem = ledgerProblem;
        this.settings = settings;
    }

    /** Starts to check every few seconds, until it is stopped. */
    public void start() {
        Thread own = new Thread(this::watch, "Watch of timer and lease");
        own.setDaemon(true);
        watcher = own;
        own.start();
    }

    /** Stops it. */
    public void stop() {
        isStopped = true;
        LockSupport.unpark(watcher);
    }

    private void watch() {
        while (!isStopped) {
            LockSupport.parkNanos(settings.interval().toNanos());
            // An interrupted thread cannot pause.
            Thread.interrupted();
            if (!isStopped) {
                checkSafely();
            }
        }
    }

    private void checkSafely() {
        try {
            check();
        } catch (Throwable e) {
            // The thread must go on, even if this cannot be logged.
            GuardedCall.run("Watching timer and lease", () -> LOG.warn("Timer and lease could not be watched", e));
        }
    }

    /** Checks once. A problem is confirmed when a second check in a row finds one. */
    void check() {
        Optional<String> found = find();
        boolean isConfirmed = found.isPresent() && (suspected != null || confirmed != null);
        suspected = found.orElse(null);
        if (found.isEmpty()) {
            reportRecovery();
        } else {
            repair();
            if (isConfirmed) {
                report(found.get());
            }
        }
    }

    /**
     * Why no new request may be sent now. Cheap while there is no problem; while a problem is not confirmed it blocks the calling
     * thread, for the time of a confirmation at most.
     *
     * @return the reason, a sentence; empty for none
     */
    public Optional<String> problem() {
        Optional<String> found = find();
        if (found.isEmpty() || confirmed != null) {
            return found;
        }
        return confirm(found);
    }

    private Optional<String> confirm(Optional<String> suspicion) {
        Optional<String> found = suspicion;
        repair();
        boolean isInterrupted = false;
        long begun = settings.nanoTime().getAsLong();
        long longest = settings.confirmation().toNanos();
        while (found.isPresent() && settings.nanoTime().getAsLong() - begun < longest) {
            // An interrupted thread cannot pause, and would use up a processor.
            isInterrupted |= Thread.interrupted();
            LockSupport.parkNanos(STEP_NANOS);
            found = find();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        found.ifPresent(this::report);
        return found;
    }

    /** What is wrong with the timer, once a check has confirmed a problem. Never blocks. */
    public Optional<String> timerProblem() {
        return confirmed == null ? Optional.empty() : findInTimer();
    }

    /** What is wrong with the ledger's file or with the lease, once a check has confirmed a problem. Never blocks. */
    public Optional<String> ledgerProblem() {
        return confirmed == null ? Optional.empty() : ledgerProblem.get().or(this::findInLease);
    }

    private Optional<String> find() {
        return ledgerProblem.get().or(this::findInTimer).or(this::findInLease);
    }

    private Optional<String> findInTimer() {
        Duration timer = timers.timeSinceLastTick();
        if (timer.compareTo(LONGEST_TIME_WITHOUT_TICK) > 0) {
            return Optional.of("The timer of this JVM has not ticked for " + timer.toSeconds()
                    + " s: its thread is dead or blocked, so no task would be polled and no wait would end");
        }
        return Optional.empty();
    }

    private Optional<String> findInLease() {
        Duration unrenewed = lease.timeSinceRenewal();
        if (unrenewed.compareTo(LEAST_TIME_WITHOUT_RENEWAL) > 0 && unrenewed.compareTo(lease.duration()) > 0) {
            return Optional.of(
                    "The lease of this JVM was not renewed for " + unrenewed.toSeconds()
                            + " s: its thread is dead or blocked, or the ledger is unavailable, and other JVMs take over its tasks");
        }
        return Optional.empty();
    }

    private void repair() {
        GuardedCall.run("Replacing the thread of the timer", () -> timers.restartIfDead(timerPool));
        GuardedCall.run("Renewing the lease", renewal);
    }

    private synchronized void report(String problem) {
        long now = settings.nanoTime().getAsLong();
        if (confirmed == null) {
            reports = 0;
        }
        confirmed = problem;
        if (reports == 0 || now - nextReport >= 0) {
            reports++;
            nextReport = now + LOG_BACKOFF.after(reports).toNanos();
            LOG.error("{}. New requests are rejected, and nothing is paid for them, until this is over", problem);
        }
    }

    private synchronized void reportRecovery() {
        if (confirmed != null) {
            LOG.info("Timer, lease and ledger work again, and new requests are sent. The problem was: {}", confirmed);
            confirmed = null;
        }
    }
}
