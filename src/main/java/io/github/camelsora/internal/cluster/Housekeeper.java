package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.poll.LostPollDetector;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.LeaseLossHandler;
import io.github.camelsora.internal.track.RoutePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What this node does periodically: renew its lease, take over tasks of dead nodes, warn of tasks that no route receives, and
 * remove old records. It has a thread of its own, because the lease must be renewed however busy the pools are.
 */
public final class Housekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    static final Duration RECONCILE_INTERVAL = Duration.ofMinutes(5);
    private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);
    private static final int CLEANING_BATCH = 200;

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final AccountPauses pauses;
    private final LeaseLossHandler leaseLoss;
    private final LostPollDetector lostPolls;
    private final RoutePhase phase;
    private final FailoverService failover;
    private final UndeliveredTaskWarning undelivered;
    private final TimerQueue timers;
    private final Executor executor;
    private final Supplier<Collection<ServiceProfile>> services;
    private final Duration keepDelivered;
    private Instant nextCleaning = Instant.MIN;
    private Instant nextReconcile = Instant.MIN;
    private Instant nextRenewal = Instant.MIN;
    private Instant takeOverFrom = Instant.MIN;
    private boolean isLeaseLost;
    private int failures;
    private Runnable fileCheck = () -> {};
    private TimerQueue.Timer nextRun = TimerQueue.NONE;
    private boolean isSubmitted;
    private boolean isStopped;

    /**
     * Creates it, not started.
     *
     * @param ledger the ledger
     * @param lease this node's lease
     * @param pauses the pauses of accounts, which are read with each renewal of the lease
     * @param failover takes over the tasks of dead nodes
     * @param leaseLoss confirms the tasks of this node after its lease had run out
     * @param lostPolls repeats polls that got lost
     * @param phase tells whether tasks are no longer followed
     * @param notifier the consumers of this JVM
     * @param timers starts each run
     * @param executor a thread of its own
     * @param services the services that this node can poll tasks at
     * @param keepDelivered how long the records of delivered tasks are kept
     */
    public Housekeeper(
            TaskLedger ledger,
            NodeLease lease,
            AccountPauses pauses,
            FailoverService failover,
            LeaseLossHandler leaseLoss,
            LostPollDetector lostPolls,
            RoutePhase phase,
            DeliveryNotifier notifier,
            TimerQueue timers,
            Executor executor,
            Supplier<Collection<ServiceProfile>> services,
            Duration keepDelivered) {
        this.ledger = ledger;
        this.lease = lease;
        this.pauses = pauses;
        this.failover = failover;
        this.leaseLoss = leaseLoss;
        this.lostPolls = lostPolls;
        this.phase = phase;
        this.undelivered = new UndeliveredTaskWarning(ledger, notifier);
        this.timers = timers;
        this.executor = executor;
        this.services = services;
        this.keepDelivered = keepDelivered;
    }

    /**
     * Sets the check of the ledger's file that each run begins with.
     *
     * @param check checks the file; it may block for a moment
     */
    public void setFileCheck(Runnable check) {
        fileCheck = check;
    }

    /** Starts a run now, and schedules the following ones. */
    public synchronized void trigger() {
        if (!isStopped && !isSubmitted) {
            TimerQueue.Timer last = nextRun;
            isSubmitted = true;
            submit();
            // Only now: if submitting failed with an error, the timer would run this action again.
            last.cancel();
        }
    }

    private void submit() {
        try {
            executor.execute(this::runOnce);
        } catch (Throwable e) {
            // The pool is full, or the system has no thread left. Another call of trigger() tries again at once.
            isSubmitted = false;
            nextRun = timers.schedule(ledger.now().plus(RETRY_INTERVAL), this::trigger);
            LOG.warn(
                    "Housekeeping cannot start (lease, failover); trying again in {} s", RETRY_INTERVAL.toSeconds(), e);
        }
    }

    private void runOnce() {
        synchronized (this) {
            // A call of trigger() from now on starts another run.
            isSubmitted = false;
        }
        try {
            doHousekeeping();
            failures = 0;
        } catch (Throwable e) {
            failures++;
            LOG.atLevel(Retry.isReported(failures) ? Level.WARN : Level.DEBUG)
                    .setCause(e)
                    .log("Housekeeping (lease, failover) failed {} times in a row and will be tried again", failures);
        } finally {
            Retry.untilDone(this::scheduleNext);
        }
    }

    private synchronized void scheduleNext() {
        if (!isStopped && !isSubmitted) {
            nextRun = timers.schedule(nextRenewal, this::trigger);
        }
    }

    /** One run. */
    void doHousekeeping() {
        GuardedCall.run("Checking the ledger's file", fileCheck);
        renew();
        if (isLeaseLost) {
            handleLeaseLoss();
        }
        boolean isTimeToReconcile = !isStopping() && !ledger.now().isBefore(nextReconcile);
        if (isTimeToReconcile) {
            nextReconcile = ledger.now().plus(RECONCILE_INTERVAL);
        }
        for (ServiceProfile service : services.get()) {
            while (mayTakeOver() && failover.takeOverExpired(service, nextRenewal)) {
                renewInTime();
            }
            undelivered.warn(service);
            if (isTimeToReconcile) {
                failover.reconcileOwned(service);
            }
        }
        lostPolls.rescheduleLost(ledger.now());
        removeOldRecords();
    }

    private void handleLeaseLoss() {
        // Before, because the lease may be lost once more meanwhile.
        isLeaseLost = false;
        boolean areAllConfirmed = false;
        try {
            areAllConfirmed = leaseLoss.onLeaseLost(this::renewInTime);
        } finally {
            if (!areAllConfirmed) {
                // The next run confirms them again.
                isLeaseLost = true;
            }
        }
    }

    private void renewInTime() {
        if (!ledger.now().isBefore(nextRenewal)) {
            renew();
        }
    }

    private void renew() {
        Instant now = ledger.now();
        // From now, and not from the end of this run, however long that takes.
        nextRenewal = now.plus(lease.renewalInterval());
        if (!lease.renew()) {
            isLeaseLost = true;
            LOG.warn(
                    "The lease of this node had run out (leaseDuration), so other nodes may have taken over its tasks. Nothing is paid"
                            + " again; this node goes on with those that it still owns");
            // While the ledger is unavailable all leases run out. Live nodes renew theirs before this time.
            takeOverFrom = now.plus(lease.duration());
        }
        GuardedCall.run("Reading the pauses of accounts", () -> pauses.refresh(services.get()));
    }

    private boolean mayTakeOver() {
        return !isStopping() && !ledger.now().isBefore(takeOverFrom);
    }

    private void removeOldRecords() {
        Instant now = ledger.now();
        if (now.isBefore(nextCleaning)) {
            return;
        }
        int removed = ledger.removeClosed(now.minus(keepDelivered), CLEANING_BATCH);
        LOG.debug("Removed {} old records", removed);
        if (removed < CLEANING_BATCH) {
            nextCleaning = now.plus(CLEANING_INTERVAL);
        }
    }

    private synchronized boolean isStopping() {
        return isStopped || phase.isStopped();
    }

    /** Stops it. The lease lasts until it runs out or is released. */
    public synchronized void stop() {
        isStopped = true;
        nextRun.cancel();
    }
}
