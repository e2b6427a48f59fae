package io.github.camelsora.crash;

import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.GuardedLedger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A ledger that halts the thread which takes one record to a point, and reports that. All other threads run until the JVM
 * is killed.
 */
final class HaltingLedger extends GuardedLedger {
    private final Runnable reached;
    private volatile KillPoint point;
    private volatile String key;

    HaltingLedger(TaskLedger ledger, Runnable reached) {
        super(ledger);
        this.reached = reached;
    }

    /** From now on the record of a key halts at a point. */
    void haltAt(KillPoint newPoint, String newKey) {
        point = newPoint;
        key = newKey;
    }

    private void halt() {
        reached.run();
        while (true) {
            LockSupport.park();
        }
    }

    @Override
    public Optional<TaskRecord> add(LedgerWrite write) {
        Optional<TaskRecord> known = super.add(write);
        if (known.isEmpty()
                && point == KillPoint.INTENT_WRITTEN
                && write.record().key().equals(key)) {
            halt();
        }
        return known;
    }

    @Override
    public Optional<TaskRecord> replace(LedgerWrite write) {
        TaskRecord next = write.record();
        if (!next.key().equals(key)) {
            return super.replace(write);
        }
        if (point.isBefore(next)) {
            halt();
        }
        TaskRecord standing = find(next.account(), key).orElseThrow();
        Optional<TaskRecord> written = super.replace(write);
        if (written.isPresent() && point.isAfter(standing, next)) {
            halt();
        }
        return written;
    }

    /** One after the other, so that each may halt. */
    @Override
    public List<TaskRecord> replaceAll(List<LedgerWrite> writes) {
        return writes.stream().flatMap(write -> replace(write).stream()).toList();
    }
}
