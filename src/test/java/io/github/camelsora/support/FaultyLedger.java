package io.github.camelsora.support;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger whose writes a test can make fail, and between whose steps it can do something else. */
public final class FaultyLedger implements TaskLedger {
    private volatile TaskLedger ledger;
    private volatile boolean isDurable;
    private volatile boolean isFailing;
    private volatile TaskState awaited;
    private volatile Runnable interruption;
    private volatile Runnable beforeFind;
    private volatile Runnable afterFind;
    private volatile Runnable beforeReplace;
    private volatile Runnable beforeRenewal;
    private final List<Instant> cleanings = new CopyOnWriteArrayList<>();
    private volatile int pretendedRemovals;

    public FaultyLedger(TaskLedger ledger) {
        this.ledger = ledger;
    }

    /** From now on it passes for one that other nodes may share. */
    public void outliveTheJvm() {
        isDurable = true;
    }

    /** From now on another copy is read and written, in which records are missing or older. */
    public void failOverTo(TaskLedger copy) {
        ledger = copy;
    }

    /** From now on nothing can be read or written. */
    public void fail() {
        isFailing = true;
    }

    public void recover() {
        isFailing = false;
    }

    /** Does something once, right after a record was written in a state and before its writer goes on. */
    public void onceWritten(TaskState state, Runnable action) {
        awaited = state;
        interruption = action;
    }

    /** Does something once, right before a record is looked for by its key. */
    public void onceBeforeFind(Runnable action) {
        beforeFind = action;
    }

    /** Does something once, right after a record was looked for by its key and before its reader goes on. */
    public void onceAfterFind(Runnable action) {
        afterFind = action;
    }

    /** Does something once, right before a record is replaced. */
    public void onceBeforeReplace(Runnable action) {
        beforeReplace = action;
    }

    /** Does something once, right before a lease is renewed. */
    public void onceBeforeRenewal(Runnable action) {
        beforeRenewal = action;
    }

    /** The times before which closed records were to be removed. */
    public List<Instant> cleanedBefore() {
        return List.copyOf(cleanings);
    }

    public void forgetCleanings() {
        cleanings.clear();
    }

    /** From now on each removal of closed records claims to have removed so many more. */
    public void pretendToRemove(int count) {
        pretendedRemovals = count;
    }

    private void written(TaskRecord record) {
        Runnable action = interruption;
        if (action != null && record.state() == awaited) {
            interruption = null;
            action.run();
        }
    }

    private TaskLedger available() {
        if (isFailing) {
            throw new IllegalStateException("The ledger is away, says the test");
        }
        return ledger;
    }

    @Override
    public boolean isDurable() {
        return isDurable || ledger.isDurable();
    }

    @Override
    public Instant now() {
        return ledger.now();
    }

    @Override
    public Optional<TaskRecord> add(TaskRecord record) {
        Optional<TaskRecord> standing = available().add(record);
        if (standing.isEmpty()) {
            written(record);
        }
        return standing;
    }

    @Override
    public Optional<TaskRecord> find(String account, String key) {
        Runnable action = beforeFind;
        if (action != null) {
            beforeFind = null;
            action.run();
        }
        Optional<TaskRecord> found = available().find(account, key);
        Runnable interruptionOfReader = afterFind;
        if (interruptionOfReader != null) {
            afterFind = null;
            interruptionOfReader.run();
        }
        return found;
    }

    @Override
    public Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return available().findByTaskId(account, taskId);
    }

    @Override
    public Optional<TaskRecord> replace(TaskRecord next) {
        Runnable action = beforeReplace;
        if (action != null) {
            beforeReplace = null;
            action.run();
        }
        Optional<TaskRecord> standing = available().replace(next);
        standing.ifPresent(this::written);
        return standing;
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return available().findByWireKey(account, wireKey);
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor) {
        return available().forget(record, successor);
    }

    @Override
    public boolean isForgottenTask(String account, String taskId) {
        return available().isForgottenTask(account, taskId);
    }

    @Override
    public boolean isForgotten(TaskRecord record) {
        return available().isForgotten(record);
    }

    @Override
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        return available().findDue(account, tag, limit);
    }

    @Override
    public List<TaskRecord> findOwned(String account, String node) {
        return available().findOwned(account, node);
    }

    @Override
    public List<TaskRecord> findEnded(String account, String node, Instant since) {
        return available().findEnded(account, node, since);
    }

    @Override
    public List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        return available().findAbandoned(account, baseUrl, limit);
    }

    @Override
    public boolean renewLease(String node, Duration lease) {
        Runnable action = beforeRenewal;
        if (action != null) {
            beforeRenewal = null;
            action.run();
        }
        return available().renewLease(node, lease);
    }

    @Override
    public void releaseLease(String node) {
        available().releaseLease(node);
    }

    @Override
    public boolean isLive(String node) {
        return available().isLive(node);
    }

    @Override
    public int removeClosed(Instant before, int limit) {
        int removed = available().removeClosed(before, limit);
        cleanings.add(before);
        return removed + pretendedRemovals;
    }
}
