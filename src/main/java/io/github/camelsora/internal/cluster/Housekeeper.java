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
    private final TimerQueue ticker;
    private final Executor own;
    private final Supplier<Collection<ServiceProfile>> services;
    private final Duration keepDelivered;
    private Instant nextCleaning = Instant.MIN;
    private Instant nextPickUp = Instant.MIN;
    private Instant nextRenewal = Instant.MIN;
    private Instant adoptFrom = Instant.MIN;
    private boolean isToLetGo;
    private Runnable also = () -> {};
    private TimerQueue.Due nextBeat = TimerQueue.NOTHING;
    private boolean isInTurn;
    private boolean isStopped;

    /**
     * Creates a caretaker that does nothing yet.
     *
     * @param ledger the ledger to look after
     * @param lease this node's lease in it
     * @param tracker who follows tasks
     * @param recovery who looks for lost submits
     * @param bell what rings when a task waits for a taker
     * @param ticker what waits
     * @param own a thread of its own
     * @param services the services that this node can follow tasks at
     * @param keepDelivered how long what was delivered is kept
     */
    public Housekeeper(
            TaskLedger ledger,
            NodeLease lease,
            TaskTracker tracker,
            LostSubmitRecovery recovery,
            DeliveryNotifier bell,
            TimerQueue ticker,
            Executor own,
            Supplier<Collection<ServiceProfile>> services,
            Duration keepDelivered) {
        this.ledger = ledger;
        this.lease = lease;
        this.tracker = tracker;
        this.adoption = new FailoverService(ledger, lease.node(), tracker, recovery, bell);
        this.untaken = new UndeliveredTaskWarning(ledger, bell);
        this.ticker = ticker;
        this.own = own;
        this.services = services;
        this.keepDelivered = keepDelivered;
    }

    /**
     * Has something else done whenever it looks.
     *
     * @param action what; it may block for a moment
     */
    public void alsoLookAfter(Runnable action) {
        also = action;
    }

    /** Has it look now, and then again and again. */
    public synchronized void look() {
        if (!isStopped && !isInTurn) {
            TimerQueue.Due last = nextBeat;
            isInTurn = true;
            inTurn();
            // Not before: when that fails altogether, the timer runs this beat again.
            last.cancel();
        }
    }

    private void inTurn() {
        try {
            own.execute(this::beat);
        } catch (Throwable e) {
            // Full, or the system has no thread left. Who asks meanwhile is heard.
            isInTurn = false;
            nextBeat = ticker.at(ledger.now().plus(UNTIL_NEXT_TRY), this::look);
            LOG.warn("The ledger cannot be looked after for the moment, will be tried again", e);
        }
    }

    private void beat() {
        synchronized (this) {
            // Whoever asks for a look from now on wants another one.
            isInTurn = false;
        }
        try {
            lookOnce();
        } catch (Throwable e) {
            LOG.warn("The ledger could not be looked after, will be tried again", e);
        } finally {
            Retry.untilDone(this::planNextBeat);
        }
    }

    private synchronized void planNextBeat() {
        if (!isStopped && !isInTurn) {
            nextBeat = ticker.at(nextRenewal, this::look);
        }
    }

    /** Does once what there is to do. */
    void lookOnce() {
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
            while (mayAdopt() && adoption.adoptSome(service, nextRenewal)) {
                renewInTime();
            }
            untaken.warn(service);
            if (isTimeToPickUp) {
                adoption.pickUp(service);
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
        nextBeat.cancel();
    }
}
