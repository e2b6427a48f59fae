package io.github.camelsora.support;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerBook;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that a test can make fail, and that runs an action of the test before or after a step. */
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

    /** From now on it claims to be durable, as one that several nodes share. */
    public void outliveTheJvm() {
        isDurable = true;
    }

    /** From now on another copy is used, in which records may be missing or older. */
    public void failOverTo(TaskLedger copy) {
        ledger = copy;
    }

    /** From now on reads and writes fail. */
    public void fail() {
        isFailing = true;
    }

    public void recover() {
        isFailing = false;
    }

    /** Runs an action once, right after a record was written in a state and before its writer continues. */
    public void onceWritten(TaskState state, Runnable action) {
        awaited = state;
        interruption = action;
    }

    /** Runs an action once, right before a record is read by its key. */
    public void onceBeforeFind(Runnable action) {
        beforeFind = action;
    }

    /** Runs an action once, right after a record was read by its key and before its reader continues. */
    public void onceAfterFind(Runnable action) {
        afterFind = action;
    }

    /** Runs an action once, right before a record is replaced. */
    public void onceBeforeReplace(Runnable action) {
        beforeReplace = action;
    }

    /** Runs an action once, right before a lease is renewed. */
    public void onceBeforeRenewal(Runnable action) {
        beforeRenewal = action;
    }

    /** The times that were passed to {@link #removeClosed}. */
    public List<Instant> cleanedBefore() {
        return List.copyOf(cleanings);
    }

    public void forgetCleanings() {
        cleanings.clear();
    }

    /** From now on {@link #removeClosed} returns so many more than it has removed. */
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
            throw new IllegalStateException("The ledger is not available (simulated by the test)");
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
    public Optional<TaskRecord> add(LedgerWrite write) {
        Optional<TaskRecord> standing = available().add(write);
        if (standing.isEmpty()) {
            written(write.record());
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
    public Optional<TaskRecord> replace(LedgerWrite write) {
        runBeforeReplace();
        Optional<TaskRecord> standing = available().replace(write);
        standing.ifPresent(this::written);
        return standing;
    }

    private void runBeforeReplace() {
        Runnable action = beforeReplace;
        if (action != null) {
            beforeReplace = null;
            action.run();
        }
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return available().findByWireKey(account, wireKey);
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor, HistoryEntry entry) {
        return available().forget(record, successor, entry);
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

    @Override
    public Optional<LedgerBook> book() {
        return ledger.book()
                .map(book -> account -> available().book().orElseThrow().held(account));
    }

    @Override
    public Optional<LedgerPauses> pauses() {
        return ledger.pauses().map(kept -> new LedgerPauses() {
            private LedgerPauses pauses() {
                return available().pauses().orElseThrow();
            }

            @Override
            public List<AccountPause> findAll() {
                return pauses().findAll();
            }

            @Override
            public boolean add(AccountPause pause) {
                return pauses().add(pause);
            }

            @Override
            public boolean remove(AccountPause pause) {
                return pauses().remove(pause);
            }
        });
    }

    @Override
    public Optional<LedgerHistory> history() {
        return ledger.history();
    }

    @Override
    public Optional<LedgerSearch> search() {
        return ledger.search().map(search -> new LedgerSearch() {
            @Override
            public List<TaskRecord> find(TaskFilter filter, TaskPage page) {
                return available().search().orElseThrow().find(filter, page);
            }

            @Override
            public List<TaskCount> count(TaskFilter filter) {
                return available().search().orElseThrow().count(filter);
            }

            @Override
            public Optional<Instant> oldestUndelivered(String account) {
                return available().search().orElseThrow().oldestUndelivered(account);
            }
        });
    }
}
