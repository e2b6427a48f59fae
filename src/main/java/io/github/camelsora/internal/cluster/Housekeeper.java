package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.time.UserCode;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the ledger on behalf of this node: renews its lease, takes over what others have left, tells of tasks that no
 * route takes, and removes what was kept long enough. It has a thread of its own, because a lease must be renewed however
 * busy the others are.
 */
public final class Housekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

    private static final int BEATS_IN_A_LEASE = 3;
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration PICK_UP_INTERVAL = Duration.ofMinutes(5);
    private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);
    private static final int CLEANING_BATCH = 200;

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TaskTracker tracker;
    private final FailoverService adoption;
    private final UndeliveredTaskWarning untaken;
    private final TimerQueue timers;
    private final Executor own;
    private final Supplier<Collection<ServiceProfile>> services;
    private final Duration keepDelivered;
    private Instant nextCleaning = Instant.MIN;
    private Instant nextPickUp = Instant.MIN;
    private Instant nextRenewal = Instant.MIN;
    private Instant adoptFrom = Instant.MIN;
    private boolean isToLetGo;
    private Runnable also = () -> {};
    private TimerQueue.Timer nextRun = TimerQueue.NONE;
    private boolean isInTurn;
    private boolean isStopped;

    /**
     * Creates a caretaker that does nothing yet.
     *
     * @param ledger the ledger to look after
     * @param lease this node's lease in it
     * @param tracker who follows tasks
     * @param recovery who looks for lost submits
     * @param notifier what rings when a task waits for a taker
     * @param timers what waits
     * @param own a thread of its own
     * @param services the services that this node can follow tasks at
     * @param keepDelivered how long what was delivered is kept
     */
    public Housekeeper(
            TaskLedger ledger,
            NodeLease lease,
            TaskTracker tracker,
            LostSubmitRecovery recovery,
            DeliveryNotifier notifier,
            TimerQueue timers,
            Executor own,
            Supplier<Collection<ServiceProfile>> services,
            Duration keepDelivered) {
        this.ledger = ledger;
        this.lease = lease;
        this.tracker = tracker;
        this.adoption = new FailoverService(ledger, lease.node(), tracker, recovery, notifier);
        this.untaken = new UndeliveredTaskWarning(ledger, notifier);
        this.timers = timers;
        this.own = own;
        this.services = services;
        this.keepDelivered = keepDelivered;
    }

    /**
     * Has something else done whenever it looks.
     *
     * @param action what; it may block for a moment
     */
    public void addTask(Runnable action) {
        also = action;
    }

    /** Has it look now, and then again and again. */
    public synchronized void trigger() {
        if (!isStopped && !isInTurn) {
            TimerQueue.Timer last = nextRun;
            isInTurn = true;
            inTurn();
            // Not before: when that fails altogether, the timer runs this beat again.
            last.cancel();
        }
    }

    private void inTurn() {
        try {
            own.execute(this::runOnce);
        } catch (Throwable e) {
            // Full, or the system has no thread left. Who asks meanwhile is heard.
            isInTurn = false;
            nextRun = timers.schedule(ledger.now().plus(UNTIL_NEXT_TRY), this::trigger);
            LOG.warn("The ledger cannot be looked after for the moment, will be tried again", e);
        }
    }

    private void runOnce() {
        synchronized (this) {
            // Whoever asks for a look from now on wants another one.
            isInTurn = false;
        }
        try {
            doHousekeeping();
        } catch (Throwable e) {
            LOG.warn("The ledger could not be looked after, will be tried again", e);
        } finally {
            Retry.untilDone(this::scheduleNext);
        }
    }

    private synchronized void scheduleNext() {
        if (!isStopped && !isInTurn) {
            nextRun = timers.schedule(nextRenewal, this::trigger);
        }
    }

    /** Does once what there is to do. */
    void doHousekeeping() {
        UserCode.call("Looking at the file of the ledger", also);
        renew();
        if (isToLetGo) {
            isToLetGo = false;
            LOG.warn("This node was away for longer than leaseDuration, and others may have taken over its tasks");
            tracker.letGoOfLost(this::renewInTime);
        }
        boolean isTimeToPickUp = !isStopping() && !ledger.now().isBefore(nextPickUp);
        if (isTimeToPickUp) {
            nextPickUp = ledger.now().plus(PICK_UP_INTERVAL);
        }
        for (ServiceProfile service : services.get()) {
            while (mayAdopt() && adoption.takeOverExpired(service, nextRenewal)) {
                renewInTime();
            }
            untaken.warn(service);
            if (isTimeToPickUp) {
                adoption.reconcileOwned(service);
            }
        }
        tracker.planLostPolls();
        clean();
    }

    private void renewInTime() {
        if (!ledger.now().isBefore(nextRenewal)) {
            renew();
        }
    }

    private void renew() {
        Instant now = ledger.now();
        // Counted from now and not from the end of the work, however long that takes.
        nextRenewal = now.plus(lease.duration().dividedBy(BEATS_IN_A_LEASE));
        if (!lease.renew()) {
            isToLetGo = true;
            // Where the ledger was away all leases are over. Whoever lives renews his before this time.
            adoptFrom = now.plus(lease.duration());
        }
    }

    private boolean mayAdopt() {
        return !isStopping() && !ledger.now().isBefore(adoptFrom);
    }

    private void clean() {
        Instant now = ledger.now();
        if (now.isBefore(nextCleaning)) {
            return;
        }
        int removed = ledger.removeClosed(now.minus(keepDelivered), CLEANING_BATCH);
        LOG.debug("{} records were kept long enough and are removed", removed);
        if (removed < CLEANING_BATCH) {
            nextCleaning = now.plus(CLEANING_INTERVAL);
        }
    }

    private synchronized boolean isStopping() {
        return isStopped || tracker.isStopped();
    }

    /** Ends it. The lease goes on until it runs out or is left. */
    public synchronized void stop() {
        isStopped = true;
        nextRun.cancel();
    }
}
