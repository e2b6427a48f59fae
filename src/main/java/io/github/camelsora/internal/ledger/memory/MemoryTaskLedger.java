package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerBook;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.SteadyTime;
import io.github.camelsora.internal.ledger.StepRules;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.spend.Slices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A ledger in memory, which ends with its JVM. It holds a bounded number of open records and rejects more, and keeps as many
 * closed ones so that their keys are still known. When there are more it evicts the oldest record that was delivered or
 * rejected, with a warning where its key may still be in use; only without any, the oldest that was not delivered, with a
 * warning. Thread-safe.
 */
public final class MemoryTaskLedger implements TaskLedger {
    private static final Comparator<TaskRecord> OLDEST_FIRST = Comparator.comparing(
            record -> record.times().createdAt(), Comparator.nullsFirst(Comparator.naturalOrder()));

    private final InstantSource clock;
    private final SteadyTime steady = new SteadyTime();
    private int capacity;
    private final IndexedRecords records = new IndexedRecords();
    private final EvictionWarnings warnings = new EvictionWarnings();
    private final MemoryLeases leases = new MemoryLeases();
    private final ForgottenRecords forgotten = new ForgottenRecords();

    private final MemoryBook book = new MemoryBook(this);
    private final PauseList pauses = new PauseList();
    private final MemoryHistory history;

    /**
     * Creates an empty ledger.
     *
     * @param clock the clock of all times in records
     * @param capacity how many open records it holds at most, and how many closed ones it keeps
     */
    public MemoryTaskLedger(InstantSource clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.history = new MemoryHistory(capacity);
    }

    /**
     * Raises the capacity where it is less, for one more component that shares the ledger.
     *
     * @param wanted the capacity that the component wants
     */
    public synchronized void growTo(int wanted) {
        capacity = Math.max(capacity, wanted);
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public Instant now() {
        return steady.of(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @Override
    public synchronized Optional<TaskRecord> add(LedgerWrite write) {
        TaskRecord record = write.record();
        TaskRecord standing = records.get(TaskKey.of(record));
        if (standing != null) {
            return Optional.of(standing);
        }
        if (record.state().isOpen() && isFull()) {
            throw full(record);
        }
        write(write, record);
        return Optional.empty();
    }

    private boolean isFull() {
        return records.openCount() >= capacity;
    }

    private ServiceUnavailableException full(TaskRecord record) {
        return new ServiceUnavailableException(
                "The ledger holds " + capacity
                        + " open tasks, which is its limit (maxOpenTasks). Nothing was sent; try "
                        + "again when some have ended.",
                new About(SubmitOutcome.NOT_SENT, record.key(), record.taskId()),
                null);
    }

    @Override
    public synchronized Optional<TaskRecord> find(String account, String key) {
        return Optional.ofNullable(records.get(new TaskKey(account, key)));
    }

    @Override
    public synchronized Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return records.findByTaskId(account, taskId);
    }

    @Override
    public synchronized Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return records.findByWireKey(account, wireKey);
    }

    @Override
    public synchronized List<TaskRecord> findBySource(String account, String sourceId, int limit) {
        return records.findBySource(account, sourceId).limit(limit).toList();
    }

    @Override
    public synchronized Optional<TaskRecord> replace(LedgerWrite write) {
        TaskRecord next = write.record();
        TaskRecord standing = records.get(TaskKey.of(next));
        if (standing == null || standing.version() != next.version()) {
            return Optional.empty();
        }
        StepRules.check(standing, next);
        if (!standing.state().isOpen() && next.state().isOpen() && isFull()) {
            throw full(next);
        }
        TaskRecord written = next.withVersion(next.version() + 1);
        write(write, written);
        return Optional.of(written);
    }

    @Override
    public synchronized boolean erase(TaskRecord record, TaskRecord erased, HistoryEntry entry) {
        boolean isErased = forget(record, erased, null);
        if (isErased) {
            // First, so that the reason of this action stays.
            history.removeDetails(TaskKey.of(record));
            addToHistory(entry);
        }
        return isErased;
    }

    @Override
    public synchronized boolean forget(TaskRecord record, TaskRecord successor, HistoryEntry entry) {
        TaskKey key = TaskKey.of(record);
        // Compares the whole record: a later record of the same key may have reached the same version.
        if (!record.equals(records.get(key))) {
            return false;
        }
        if (successor != null) {
            records.checkOnlyOfTask(successor);
        }
        records.remove(key);
        forgotten.add(record, now(), capacity);
        if (successor == null) {
            history.remove(key);
        } else {
            forgotten.remove(successor);
            put(key, successor.withVersion(record.version() + 1));
        }
        addToHistory(entry);
        return true;
    }

    private void addToHistory(HistoryEntry entry) {
        if (entry != null) {
            history.add(entry);
        }
    }

    @Override
    public synchronized boolean isForgotten(TaskRecord record) {
        return forgotten.contains(record);
    }

    @Override
    public synchronized boolean isForgottenTask(String account, String taskId) {
        return forgotten.containsTask(account, taskId);
    }

    @Override
    public synchronized List<TaskRecord> findDue(String account, String tag, int limit) {
        return records.due().find(account, tag, now(), limit);
    }

    @Override
    public synchronized List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        Instant now = now();
        Stream<TaskRecord> unowned = records.owned().of(account, null).filter(record -> record.state()
                .isOpen());
        Stream<TaskRecord> ofDeadNodes = records.owned().ofNodes(account, node -> !leases.isLive(node, now));
        return Stream.concat(unowned, ofDeadNodes)
                .filter(record -> !record.state().isOpen() || record.baseUrl().equals(baseUrl))
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<TaskRecord> findOwned(String account, String node) {
        return records.owned().of(account, node).toList();
    }

    @Override
    public synchronized List<TaskRecord> findEnded(String account, String node, Instant since) {
        return records.owned()
                .of(account, node)
                .filter(record -> record.state() == TaskState.ENDED)
                .filter(record -> !record.times().endedAt().isBefore(since))
                .toList();
    }

    @Override
    public synchronized boolean renewLease(String node, Duration lease) {
        return leases.renew(node, lease, now());
    }

    @Override
    public synchronized void releaseLease(String node) {
        leases.release(node);
    }

    @Override
    public synchronized boolean isLive(String node) {
        return leases.isLive(node, now());
    }

    @Override
    public synchronized int removeClosed(Instant before, int limit) {
        List<TaskKey> old = records.closed().settledBefore(before, limit);
        old.forEach(this::remove);
        forgotten.removeBefore(before);
        book.removeBefore(now().minus(Slices.KEPT));
        history.removeActionsBefore(now().minus(LedgerWriter.ACTIONS_KEPT));
        return old.size();
    }

    @Override
    public Optional<LedgerBook> book() {
        return Optional.of(book);
    }

    @Override
    public Optional<LedgerPauses> pauses() {
        return Optional.of(pauses);
    }

    @Override
    public Optional<LedgerHistory> history() {
        return Optional.of(history);
    }

    @Override
    public Optional<LedgerSearch> search() {
        return Optional.of(new MemorySearch(this::all, this::allDue));
    }

    private synchronized List<TaskRecord> all() {
        return records.all();
    }

    private synchronized List<TaskRecord> allDue() {
        return records.due().all().toList();
    }

    /** Writes all or nothing: what is refused throws first. */
    private void write(LedgerWrite write, TaskRecord record) {
        if (write.booking() != null) {
            write.booking().check(book.held(write.booking().account()));
        }
        records.checkOnlyOfTask(record);
        put(TaskKey.of(record), record);
        addToHistory(write.entry());
        if (write.booking() != null) {
            book.write(write.booking());
        }
    }

    private void put(TaskKey key, TaskRecord record) {
        records.put(key, record);
        if (records.closed().size() > capacity) {
            records.closed().first().ifPresent(this::evict);
        }
    }

    private void evict(TaskRecord record) {
        remove(TaskKey.of(record));
        warnings.evicted(record, capacity, records.closed().undelivered(), now());
    }

    private void remove(TaskKey key) {
        records.remove(key);
        history.remove(key);
    }
}
