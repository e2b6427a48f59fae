package io.github.camelsora.crash;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A ledger in which one record never gets beyond a point: the thread that takes it there tells so, and stays there for good.
 * Everything else goes on, until the JVM is killed.
 */
final class HaltingLedger implements TaskLedger {
    private final TaskLedger ledger;
    private final Runnable reached;
    private volatile KillPoint point;
    private volatile String key;

    HaltingLedger(TaskLedger ledger, Runnable reached) {
        this.ledger = ledger;
        this.reached = reached;
    }

    /** From now on a record halts at a point. */
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
    public Optional<TaskRecord> add(TaskRecord record) {
        Optional<TaskRecord> known = ledger.add(record);
        if (known.isEmpty() && point == KillPoint.INTENT_WRITTEN && record.key().equals(key)) {
            halt();
        }
        return known;
    }

    @Override
    public Optional<TaskRecord> replace(TaskRecord next) {
        if (!next.key().equals(key)) {
            return ledger.replace(next);
        }
        if (point.isBefore(next)) {
            halt();
        }
        TaskRecord standing = ledger.find(next.account(), key).orElseThrow();
        Optional<TaskRecord> written = ledger.replace(next);
        if (written.isPresent() && point.isAfter(standing, next)) {
            halt();
        }
        return written;
    }

    @Override
    public boolean isDurable() {
        return ledger.isDurable();
    }

    @Override
    public Instant now() {
        return ledger.now();
    }

    @Override
    public Optional<TaskRecord> find(String account, String wanted) {
        return ledger.find(account, wanted);
    }

    @Override
    public Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return ledger.findByTaskId(account, taskId);
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return ledger.findByWireKey(account, wireKey);
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor) {
        return ledger.forget(record, successor);
    }

    @Override
    public boolean isForgottenTask(String account, String taskId) {
        return ledger.isForgottenTask(account, taskId);
    }

    @Override
    public boolean isForgotten(TaskRecord record) {
        return ledger.isForgotten(record);
    }

    @Override
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        return ledger.findDue(account, tag, limit);
    }

    @Override
    public List<TaskRecord> findOwned(String account, String node) {
        return ledger.findOwned(account, node);
    }

    @Override
    public List<TaskRecord> findEnded(String account, String node, Instant since) {
        return ledger.findEnded(account, node, since);
    }

    @Override
    public List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        return ledger.findAbandoned(account, baseUrl, limit);
    }

    @Override
    public boolean renewLease(String node, Duration lease) {
        return ledger.renewLease(node, lease);
    }

    @Override
    public void releaseLease(String node) {
        ledger.releaseLease(node);
    }

    @Override
    public boolean isLive(String node) {
        return ledger.isLive(node);
    }

    @Override
    public int removeClosed(Instant before, int limit) {
        return ledger.removeClosed(before, limit);
    }
}
