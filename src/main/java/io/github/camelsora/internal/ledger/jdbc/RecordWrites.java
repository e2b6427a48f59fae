package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerAccessException;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.StepRules;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.jdbc.JdbcExecutor.Work;
import io.github.camelsora.internal.spend.Slices;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All changes of records. What belongs to a change is written in its transaction, which locks in one order: the account, if its
 * spending is limited, then the record, then the book. The book comes last, because the submits of an account meet there.
 */
final class RecordWrites {
    private static final int MOST_ATTEMPTS = 10;

    private final JdbcExecutor jdbc;
    private final DatabaseDialect dialect;

    RecordWrites(JdbcExecutor jdbc, DatabaseDialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    Optional<TaskRecord> add(LedgerWrite write) {
        TaskRecord first = TaskRowMapper.asRead(write.record());
        TaskRowMapper.checkLengths(first);
        return write(
                "add " + name(first), write, (connection, along) -> add(connection, first, along), Optional::isEmpty);
    }

    private Optional<TaskRecord> add(Connection connection, TaskRecord first, HistoryEntry along) throws SQLException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (TaskDao.add(connection, dialect, first, along)) {
                return Optional.empty();
            }
            Optional<TaskRecord> standing = TaskDao.find(connection, TaskKey.of(first));
            if (standing.isPresent()) {
                return standing;
            }
            TaskDao.checkOnlyOfTask(connection, first);
            // The record was removed in between.
        }
        throw JdbcExecutor.again(name(first));
    }

    Optional<TaskRecord> replace(LedgerWrite write) {
        TaskRecord next = write.record();
        TaskRecord written = written(next);
        return write(
                "change " + name(next),
                write,
                (connection, along) -> replace(connection, next, written, along),
                Optional::isPresent);
    }

    private static TaskRecord written(TaskRecord next) {
        TaskRecord written = TaskRowMapper.asRead(next.withVersion(next.version() + 1));
        TaskRowMapper.checkLengths(written);
        return written;
    }

    private static Optional<TaskRecord> replace(
            Connection connection, TaskRecord next, TaskRecord written, HistoryEntry along) throws SQLException {
        TaskKey key = TaskKey.of(next);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (TaskDao.replace(connection, written, next.version(), along)) {
                return Optional.of(written);
            }
            Optional<TaskRecord> standing = TaskDao.find(connection, key);
            if (standing.isEmpty() || standing.get().version() != next.version()) {
                return Optional.empty();
            }
            StepRules.check(standing.get(), next);
            if (standing.get().isAddressFoundIn(next)) {
                return TaskDao.replaceResult(connection, written, standing.get(), along)
                        ? Optional.of(written)
                        : Optional.empty();
            }
            // Another record with this key and version was added in between: try again.
        }
        throw new IllegalStateException("The ledger can read " + name(key) + ", but not change it");
    }

    /** Writes a record, and a line of the history unless that is null, by one statement. */
    private interface RecordWrite {
        Optional<TaskRecord> write(Connection connection, HistoryEntry along) throws SQLException;
    }

    private Optional<TaskRecord> write(
            String what, LedgerWrite write, RecordWrite work, Predicate<Optional<TaskRecord>> isWritten) {
        Booking booking = write.booking();
        HistoryEntry along = dialect.writesEntryAlong() ? write.entry() : null;
        HistoryEntry behind = along == null ? write.entry() : null;
        if (booking == null && behind == null) {
            return orTaken(write.record(), () -> jdbc.execute(what, connection -> work.write(connection, along)));
        }
        return orTaken(
                write.record(),
                () -> inTransaction(what, connection -> {
                    if (booking != null && booking.isLimited()) {
                        BookTable.lock(connection, dialect, write.record().account());
                    }
                    Optional<TaskRecord> answer = work.write(connection, along);
                    if (isWritten.test(answer)) {
                        writeBehind(connection, behind, booking);
                    }
                    return answer;
                }));
    }

    /** Names the key that has the task, if the index of task ids has rejected a change. */
    private <T> T orTaken(TaskRecord record, Supplier<T> write) {
        for (int attempt = 1; ; attempt++) {
            try {
                return write.get();
            } catch (LedgerAccessException e) {
                boolean isRejected = e.getCause() instanceof SQLException cause && JdbcExecutor.isDuplicateKey(cause);
                if (!isRejected || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                jdbc.execute("find the record of task " + record.taskId(), connection -> {
                    TaskDao.checkOnlyOfTask(connection, record);
                    return null;
                });
                // The other one has lost the task in between.
            }
        }
    }

    /** What it throws rolls the record back. */
    private void writeBehind(Connection connection, HistoryEntry entry, Booking booking) throws SQLException {
        if (entry != null) {
            HistoryTable.add(connection, List.of(entry));
        }
        if (booking != null) {
            BookTable.check(connection, booking);
            BookTable.write(connection, dialect, booking);
        }
    }

    private <T> T inTransaction(String what, Work<T> work) {
        return jdbc.inTransaction(what, connection -> {
            dialect.limitIdleTime(connection);
            return work.with(connection);
        });
    }

    List<TaskRecord> replaceAll(List<LedgerWrite> writes) {
        List<TaskRecord> written = writes.stream()
                .map(write -> written(write.record()))
                // In one order, so that two nodes that change the same records do not deadlock.
                .sorted(Comparator.comparing(TaskRecord::account).thenComparing(TaskRecord::key))
                .toList();
        return inTransaction("change " + writes.size() + " records", connection -> {
            List<TaskRecord> replaced = TaskDao.replaceAll(connection, written);
            HistoryTable.add(connection, entriesOf(replaced, writes));
            return replaced;
        });
    }

    private static List<HistoryEntry> entriesOf(List<TaskRecord> replaced, List<LedgerWrite> writes) {
        Set<TaskKey> keys = replaced.stream().map(TaskKey::of).collect(Collectors.toSet());
        return writes.stream()
                .filter(write -> keys.contains(TaskKey.of(write.record())))
                .map(LedgerWrite::entry)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean forget(TaskRecord record, TaskRecord successor, HistoryEntry entry, Instant now) {
        return supersede(record, successor, entry, false, now);
    }

    boolean erase(TaskRecord record, TaskRecord erased, HistoryEntry entry, Instant now) {
        return supersede(record, erased, entry, true, now);
    }

    private boolean supersede(
            TaskRecord record, TaskRecord successor, HistoryEntry entry, boolean isErasure, Instant now) {
        TaskRecord read = TaskRowMapper.asRead(record);
        TaskKey key = TaskKey.of(record);
        return inTransaction((isErasure ? "erase " : "forget ") + name(key), connection -> {
            // Compares the whole record: a later record of the same key may have reached the same version.
            boolean isSame = TaskDao.lock(connection, key).filter(read::equals).isPresent();
            if (isSame) {
                TaskDao.remove(connection, key);
                ForgottenTable.add(connection, read, now);
                add(connection, successor, record, key);
                if (isErasure) {
                    // First, so that the reason of this action stays.
                    HistoryTable.removeDetails(connection, key);
                }
                if (entry != null) {
                    HistoryTable.add(connection, List.of(entry));
                }
            }
            return isSame;
        });
    }

    private void add(Connection connection, TaskRecord successor, TaskRecord before, TaskKey key) throws SQLException {
        if (successor == null) {
            HistoryTable.remove(connection, List.of(key));
        } else {
            ForgottenTable.remove(connection, successor);
            TaskRecord next = TaskRowMapper.asRead(successor.withVersion(before.version() + 1));
            if (!TaskDao.add(connection, dialect, next, null)) {
                TaskDao.checkOnlyOfTask(connection, next);
                throw JdbcExecutor.again(name(key));
            }
        }
    }

    int removeClosed(Instant before, int limit, Instant now) {
        return inTransaction("remove old records", connection -> {
            Set<TaskKey> removed = new HashSet<>(
                    TaskDao.removeOld(connection, TaskSql.FIND_DELIVERED, TaskSql.REMOVE_DELIVERED, before, limit));
            removed.addAll(TaskDao.removeOld(
                    connection, TaskSql.FIND_REJECTED, TaskSql.REMOVE_REJECTED, before, limit - removed.size()));
            HistoryTable.remove(connection, new ArrayList<>(removed));
            HistoryTable.removeOldActions(connection, now.minus(LedgerWriter.ACTIONS_KEPT));
            ForgottenTable.removeOld(connection, before);
            BookTable.removeOld(connection, now.minus(Slices.KEPT));
            return removed.size();
        });
    }

    private static String name(TaskRecord record) {
        return name(TaskKey.of(record));
    }

    static String name(TaskKey key) {
        return "key " + key.key() + " of account " + key.account();
    }
}
