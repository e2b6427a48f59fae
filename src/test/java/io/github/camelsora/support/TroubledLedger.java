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
public final class TroubledLedger implements TaskLedger {
    private volatile TaskLedger ledger;
    private volatile boolean isDurable;
    private volatile boolean isAway;
    private volatile TaskState awaited;
    private volatile Runnable interruption;
    private volatile Runnable beforeFind;
    private volatile Runnable afterFind;
    private volatile Runnable beforeReplace;
    private volatile Runnable beforeRenewal;
    private final List<Instant> cleanings = new CopyOnWriteArrayList<>();
    private volatile int pretendedRemovals;

    public TroubledLedger(TaskLedger ledger) {
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
    public void goAway() {
        isAway = true;
    }

    public void comeBack() {
        isAway = false;
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

    private TaskLedger present() {
        if (isAway) {
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
        Optional<TaskRecord> standing = present().add(record);
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
        Optional<TaskRecord> found = present().find(account, key);
        Runnable interruptionOfReader = afterFind;
        if (interruptionOfReader != null) {
            afterFind = null;
            interruptionOfReader.run();
        }
        return found;
    }

    @Override
    public Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return present().findByTaskId(account, taskId);
    }

    @Override
    public Optional<TaskRecord> replace(TaskRecord next) {
        Runnable action = beforeReplace;
        if (action != null) {
            beforeReplace = null;
            action.run();
        }
        Optional<TaskRecord> standing = present().replace(next);
        standing.ifPresent(this::written);
        return standing;
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return present().findByWireKey(account, wireKey);
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor) {
        return present().forget(record, successor);
    }

    @Override
    public boolean isForgottenTask(String account, String taskId) {
        return present().isForgottenTask(account, taskId);
    }

    @Override
    public boolean isForgotten(TaskRecord record) {
        return present().isForgotten(record);
    }

    @Override
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        return present().findDue(account, tag, limit);
    }

    @Override
    public List<TaskRecord> findOwned(String account, String node) {
        return present().findOwned(account, node);
    }

    @Override
    public List<TaskRecord> findEnded(String account, String node, Instant since) {
        return present().findEnded(account, node, since);
    }

    @Override
    public List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        return present().findAbandoned(account, baseUrl, limit);
    }

    @Override
    public boolean renewLease(String node, Duration lease) {
        Runnable action = beforeRenewal;
        if (action != null) {
            beforeRenewal = null;
            action.run();
        }
        return present().renewLease(node, lease);
    }

    @Override
    public void releaseLease(String node) {
        present().releaseLease(node);
    }

    @Override
    public boolean isLive(String node) {
        return present().isLive(node);
    }

    @Override
    public int removeClosed(Instant before, int limit) {
        int removed = present().removeClosed(before, limit);
        cleanings.add(before);
        return removed + pretendedRemovals;
    }
}
