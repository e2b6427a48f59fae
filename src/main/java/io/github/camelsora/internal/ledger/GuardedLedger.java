package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerBook;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.time.OutageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A ledger whose code, or whose driver's, is not ours: what it throws as an error (a class that is missing, a stack that is
 * full) comes as a runtime exception, like any other failure of a ledger. Its clock never fails. An outage is logged here, once
 * for all calls.
 */
public class GuardedLedger implements TaskLedger {
    private final TaskLedger ledger;
    private final LedgerCallObserver observer;
    private final OutageLog outage = new OutageLog(
            this::now,
            "The ledger",
            "New submits are rejected before they are sent, and running tasks are polled on; their results are written when the"
                    + " ledger answers again");
    private final Ability<LedgerBook> book;
    private final Ability<LedgerPauses> pauses;
    private final Ability<LedgerHistory> history;
    private final Ability<LedgerSearch> search;
    private volatile Reading lastReading = new Reading(Instant.now(), System.nanoTime());

    /**
     * Guards a ledger.
     *
     * @param ledger the ledger
     */
    public GuardedLedger(TaskLedger ledger) {
        this(ledger, LedgerCallObserver.NONE);
    }

    /**
     * Guards a ledger.
     *
     * @param ledger the ledger
     * @param observer is notified of each call
     */
    public GuardedLedger(TaskLedger ledger, LedgerCallObserver observer) {
        this.ledger = ledger;
        this.observer = observer;
        book = new Ability<>(
                "open its book", () -> ledger.book().map(opened -> new GuardedBook(opened, this::guarded)));
        pauses = new Ability<>("open the pauses of accounts", () -> ledger.pauses()
                .map(opened -> new GuardedPauses(opened, this::guarded)));
        history = new Ability<>(
                "open its history", () -> ledger.history().map(opened -> new GuardedHistory(opened, this::guarded)));
        search = new Ability<>(
                "open its search", () -> ledger.search().map(opened -> new GuardedSearch(opened, this::guarded)));
    }

    /** What the ledger's clock said, and when that was by this JVM's counter. */
    private record Reading(Instant time, long nanos) {
        Instant carriedOn() {
            return time.plusNanos(System.nanoTime() - nanos).truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private <T> T guarded(String what, Supplier<T> call) {
        long start = System.nanoTime();
        boolean isFailed = true;
        try {
            T answer = call.get();
            isFailed = false;
            outage.succeeded();
            return answer;
        } catch (Error e) {
            LedgerAccessException failure = new LedgerAccessException(what, e);
            failed(failure);
            throw failure;
        } catch (SlowSearchException e) {
            // Neither an outage nor the end of one.
            isFailed = false;
            throw e;
        } catch (SoraException | IllegalArgumentException e) {
            // It has answered: it is full, or the record does not fit.
            isFailed = false;
            outage.succeeded();
            throw e;
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        } finally {
            observer.called(System.nanoTime() - start, isFailed);
        }
    }

    /** The failures of its calls. */
    public OutageLog outage() {
        return outage;
    }

    /** What a ledger has or has not, which is asked for once. */
    private static final class Ability<T> {
        private final String what;
        private final Supplier<Optional<T>> opening;
        private volatile Optional<T> opened;

        Ability(String what, Supplier<Optional<T>> opening) {
            this.what = what;
            this.opening = opening;
        }

        Optional<T> get() {
            if (opened == null) {
                opened = constant(what, opening);
            }
            return opened;
        }
    }

    /** Asks for what a ledger is, and not for what it holds: an answer does not show that its database is there. */
    private static <T> T constant(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (Error e) {
            throw new LedgerAccessException(what, e);
        }
    }

    private void failed(RuntimeException failure) {
        String reason = failure instanceof LedgerAccessException ? failure.getMessage() : failure.toString();
        outage.failed(LedgerAccessException.withoutAddress(reason));
    }

    @Override
    public boolean isDurable() {
        return constant("say whether it is durable", ledger::isDurable);
    }

    @Override
    public Instant now() {
        try {
            Instant now = Objects.requireNonNull(ledger.now());
            lastReading = new Reading(now, System.nanoTime());
            return now;
        } catch (Throwable e) {
            // The contract forbids it, and polls and timeouts hang on it.
            return lastReading.carriedOn();
        }
    }

    @Override
    public Optional<TaskRecord> add(LedgerWrite write) {
        return guarded("add key " + write.record().key(), () -> ledger.add(write));
    }

    @Override
    public Optional<TaskRecord> find(String account, String key) {
        return guarded("find key " + key, () -> ledger.find(account, key));
    }

    @Override
    public Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return guarded("find task " + taskId, () -> ledger.findByTaskId(account, taskId));
    }

    @Override
    public List<TaskRecord> findBySource(String account, String sourceId, int limit) {
        return guarded("find what came of " + sourceId, () -> ledger.findBySource(account, sourceId, limit));
    }

    @Override
    public Optional<TaskRecord> replace(LedgerWrite write) {
        return guarded("change key " + write.record().key(), () -> ledger.replace(write));
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return guarded("find wire key " + wireKey, () -> ledger.findByWireKey(account, wireKey));
    }

    @Override
    public List<TaskRecord> replaceAll(List<LedgerWrite> writes) {
        return guarded("change " + writes.size() + " keys", () -> ledger.replaceAll(writes));
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor, HistoryEntry entry) {
        return guarded("forget key " + record.key(), () -> ledger.forget(record, successor, entry));
    }

    @Override
    public boolean erase(TaskRecord record, TaskRecord erased, HistoryEntry entry) {
        return guarded("erase key " + record.key(), () -> ledger.erase(record, erased, entry));
    }

    @Override
    public boolean isForgotten(TaskRecord record) {
        return guarded("tell whether key " + record.key() + " was forgotten", () -> ledger.isForgotten(record));
    }

    @Override
    public boolean isForgottenTask(String account, String taskId) {
        return guarded("tell whether task " + taskId + " was forgotten", () -> ledger.isForgottenTask(account, taskId));
    }

    @Override
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        return guarded("find what is due", () -> ledger.findDue(account, tag, limit));
    }

    @Override
    public List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        return guarded("find what is abandoned", () -> ledger.findAbandoned(account, baseUrl, limit));
    }

    @Override
    public List<TaskRecord> findOwned(String account, String node) {
        return guarded("find what " + node + " owns", () -> ledger.findOwned(account, node));
    }

    @Override
    public List<TaskRecord> findEnded(String account, String node, Instant since) {
        return guarded("find what of " + node + " has ended", () -> ledger.findEnded(account, node, since));
    }

    @Override
    public List<TaskRecord> findLastDelivered(int limit) {
        return guarded("find what was delivered last", () -> ledger.findLastDelivered(limit));
    }

    @Override
    public boolean renewLease(String node, Duration lease) {
        return guarded("renew the lease of " + node, () -> ledger.renewLease(node, lease));
    }

    @Override
    public void releaseLease(String node) {
        guarded("end the lease of " + node, () -> {
            ledger.releaseLease(node);
            return null;
        });
    }

    @Override
    public boolean isLive(String node) {
        return guarded("read the lease of " + node, () -> ledger.isLive(node));
    }

    @Override
    public int removeClosed(Instant before, int limit) {
        return guarded("remove what was kept long enough", () -> ledger.removeClosed(before, limit));
    }

    @Override
    public Optional<LedgerBook> book() {
        return book.get();
    }

    @Override
    public Optional<LedgerPauses> pauses() {
        return pauses.get();
    }

    @Override
    public Optional<LedgerHistory> history() {
        return history.get();
    }

    @Override
    public Optional<LedgerSearch> search() {
        return search.get();
    }
}
