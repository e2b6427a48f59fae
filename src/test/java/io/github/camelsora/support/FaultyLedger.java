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
import java.util.concurrent.atomic.AtomicReference;

/** A ledger that a test can make fail, and that runs an action of the test before or after a step. */
public final class FaultyLedger implements TaskLedger {
    private volatile TaskLedger ledger;
    private volatile boolean isDurable;
    private volatile boolean isFailing;
    private volatile TaskState awaited;
    private volatile Runnable interruption;
    private final AtomicReference<Runnable> beforeFind = new AtomicReference<>();
    private final AtomicReference<Runnable> afterFind = new AtomicReference<>();
    private final AtomicReference<Runnable> beforeReplace = new AtomicReference<>();
    private final AtomicReference<Runnable> beforeRenewal = new AtomicReference<>();
    private final AtomicReference<Runnable> beforePause = new AtomicReference<>();
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
        beforeFind.set(action);
    }

    /** Runs an action once, right after a record was read by its key and before its reader continues. */
    public void onceAfterFind(Runnable action) {
        afterFind.set(action);
    }

    /** Runs an action once, right before a record is replaced. */
    public void onceBeforeReplace(Runnable action) {
        beforeReplace.set(action);
    }

    /** Runs an action once, right before a lease is renewed. */
    public void onceBeforeRenewal(Runnable action) {
        beforeRenewal.set(action);
    }

    /** Runs an action once, right before the pause of an account is written. */
    public void onceBeforePause(Runnable action) {
        beforePause.set(action);
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

    private static void runOnce(AtomicReference<Runnable> hook) {
        Runnable action = hook.getAndSet(null);
        if (action != null) {
            action.run();
        }
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
        runOnce(beforeFind);
        Optional<TaskRecord> found = available().find(account, key);
        runOnce(afterFind);
        return found;
    }

    @Override
    public Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return available().findByTaskId(account, taskId);
    }

    @Override
    public Optional<TaskRecord> replace(LedgerWrite write) {
        runOnce(beforeReplace);
        Optional<TaskRecord> standing = available().replace(write);
        standing.ifPresent(this::written);
        return standing;
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
    public boolean erase(TaskRecord record, TaskRecord erased, HistoryEntry entry) {
        return available().erase(record, erased, entry);
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
        runOnce(beforeRenewal);
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
                runOnce(beforePause);
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
