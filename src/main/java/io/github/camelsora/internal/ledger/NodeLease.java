package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * This node's lease in the ledger. While it lasts, no other node takes over what this node owns. A node that was paused for
 * longer finds out here, before it delivers anything to a route, that others may have taken over what it owned.
 */
public final class NodeLease {
    /** In place of an epoch when the lease does not last, or an intent is of no epoch: {@link #isSameEpoch} is false for it. */
    public static final long NO_EPOCH = -1;

    private static final int RENEWALS_IN_A_LEASE = 3;

    private final TaskLedger ledger;
    private final String node;
    private final Duration duration;
    private final LongSupplier nanoTime;
    private Instant until = Instant.MIN;
    private long epoch;
    private volatile long renewedAt;

    /**
     * Creates a lease that has not begun.
     *
     * @param ledger the ledger that it is of
     * @param node the name of this node; no other has it
     * @param duration how long it lasts unless it is renewed
     */
    public NodeLease(TaskLedger ledger, String node, Duration duration) {
        this(ledger, node, duration, System::nanoTime);
    }

    /**
     * Creates a lease that has not begun.
     *
     * @param ledger the ledger that it is of
     * @param node the name of this node; no other has it
     * @param duration how long it lasts unless it is renewed
     * @param nanoTime counts the nanoseconds of this JVM, by which renewals are watched
     */
    public NodeLease(TaskLedger ledger, String node, Duration duration, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.node = node;
        this.duration = duration;
        this.nanoTime = nanoTime;
        this.renewedAt = nanoTime.getAsLong();
    }

    public String node() {
        return node;
    }

    public Duration duration() {
        return duration;
    }

    /** How long after one renewal the next one is due. */
    public Duration renewalInterval() {
        return duration.dividedBy(RENEWALS_IN_A_LEASE);
    }

    /**
     * Begins or renews it.
     *
     * @return false when it had run out, so that others may have taken over what this node owned
     */
    public boolean renew() {
        // Counted from before the call: the ledger may have answered late.
        Instant called = ledger.now();
        boolean lasted = ledger.renewLease(node, duration);
        renewedAt = nanoTime.getAsLong();
        synchronized (this) {
            boolean isFirst = epoch == 0;
            boolean isUnbroken = lasted && !called.isAfter(until);
            if (isFirst || !isUnbroken) {
                epoch++;
            }
            until = called.plus(duration);
            return isFirst || isUnbroken;
        }
    }

    /** The time since its last renewal, by a clock that is never set. */
    public Duration timeSinceRenewal() {
        return Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
    }

    /** Ends it, so that others can take over at once. */
    public void release() {
        ledger.releaseLease(node);
    }

    /** A number that is the same as long as the lease has lasted without a break; {@link #NO_EPOCH} while it does not last. */
    public synchronized long epoch() {
        return ledger.now().isAfter(until) ? NO_EPOCH : epoch;
    }

    /** Tells whether it lasts now. */
    public boolean isLasting() {
        return epoch() != NO_EPOCH;
    }

    /** Tells whether the lease has lasted without a break since an earlier {@link #epoch}. */
    public boolean isSameEpoch(long earlier) {
        return earlier != NO_EPOCH && earlier == epoch();
    }
}
