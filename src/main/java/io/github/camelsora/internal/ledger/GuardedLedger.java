package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.time.OutageLog;
import java.math.BigDecimal;
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
    private final OutageLog outage = new OutageLog(
            this::now,
            "The ledger",
            "New submits are rejected before they are sent, and running tasks are polled on; their results are written when the"
                    + " ledger answers again");
    private volatile Reading lastReading = new Reading(Instant.now(), System.nanoTime());

    /**
     * Guards a ledger.
     *
     * @param ledger the ledger
     */
    public GuardedLedger(TaskLedger ledger) {
        this.ledger = ledger;
    }

    /** What the ledger's clock said, and when that was by this JVM's counter. */
    private record Reading(Instant time, long nanos) {
        Instant carriedOn() {
            return time.plusNanos(System.nanoTime() - nanos).truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private <T> T guarded(String what, Supplier<T> call) {
        try {
            T answer = call.get();
            outage.succeeded();
            return answer;
        } catch (Error e) {
            LedgerAccessException failure = new LedgerAccessException(what, e);
            failed(failure);
            throw failure;
        } catch (SoraException | IllegalArgumentException e) {
            // It has answered: it is full, or the record does not fit.
            outage.succeeded();
            throw e;
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    private void failed(RuntimeException failure) {
        String reason = failure instanceof LedgerAccessException ? failure.getMessage() : failure.toString();
        outage.failed(LedgerAccessException.withoutAddress(reason));
    }

    @Override
    public boolean isDurable() {
        return guarded("say whether it is durable", ledger::isDurable);
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
    public Optional<TaskRecord> add(TaskRecord record) {
        return guarded("add key " + record.key(), () -> ledger.add(record));
    }

    @Override
    public boolean keepsBook() {
        return guarded("say whether it keeps a book", ledger::keepsBook);
    }

    @Override
    public Optional<TaskRecord> add(TaskRecord record, Booking booking) {
        return guarded("add key " + record.key(), () -> ledger.add(record, booking));
    }

    @Override
    public Optional<TaskRecord> replace(TaskRecord next, Booking booking) {
        return guarded("change key " + next.key(), () -> ledger.replace(next, booking));
    }

    @Override
    public Held held(String account) {
        Held book = guarded("open the book of account " + account, () -> ledger.held(account));
        return new Held() {
            @Override
            public BigDecimal since(String tenant, Instant since) {
                return guarded("read the book of account " + account, () -> book.since(tenant, since));
            }

            @Override
            public List<Slice> slices(String tenant, Instant since) {
                return guarded("read the book of account " + account, () -> book.slices(tenant, since));
            }
        };
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
    public Optional<TaskRecord> replace(TaskRecord next) {
        return guarded("change key " + next.key(), () -> ledger.replace(next));
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return guarded("find wire key " + wireKey, () -> ledger.findByWireKey(account, wireKey));
    }

    @Override
    public List<TaskRecord> replaceAll(List<TaskRecord> next) {
        return guarded("change " + next.size() + " keys", () -> ledger.replaceAll(next));
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor) {
        return guarded("forget key " + record.key(), () -> ledger.forget(record, successor));
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
    public boolean keepsPauses() {
        return guarded("say whether it keeps pauses", ledger::keepsPauses);
    }

    @Override
    public List<AccountPause> findPauses() {
        return guarded("find the pauses of accounts", ledger::findPauses);
    }

    @Override
    public boolean addPause(AccountPause pause) {
        return guarded("pause account " + pause.account(), () -> ledger.addPause(pause));
    }

    @Override
    public boolean removePause(AccountPause pause) {
        return guarded("resume account " + pause.account(), () -> ledger.removePause(pause));
    }
}
