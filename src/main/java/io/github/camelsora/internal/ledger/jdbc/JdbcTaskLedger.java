package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.StepRules;
import io.github.camelsora.internal.ledger.TaskKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The ledger that outlives its JVM: a table in H2 2.x or PostgreSQL, with columns that an operator reads by plain SQL
 * ({@code io/github/camelsora/ledger/1.sql} describes them). Several JVMs may share one.
 *
 * <p>Each change is one statement, committed before the method returns; nothing is held between two calls. Times are those of
 * the database, to the millisecond. Whatever keeps the database from doing what it is asked to comes as a runtime exception
 * that names the record.
 */
public final class JdbcTaskLedger implements TaskLedger, AutoCloseable {
    // As in the tables, see 1.sql.
    private static final int LONGEST_KEY = 500;
    private static final int LONGEST_NAME = 200;
    private static final int SHOWN = 50;
    private static final int MOST_TRIES = 10;

    private final JdbcExecutor connections;
    private final DatabaseClock clock = new DatabaseClock(System::nanoTime);
    private final Runnable closing;
    private final H2FileWatch fileWatch;

    private JdbcTaskLedger(JdbcExecutor connections, H2FileWatch fileWatch, Runnable closing) {
        this.connections = connections;
        this.fileWatch = fileWatch;
        this.closing = closing;
        connections.execute("tell the time", clock::synchronizeWith);
    }

    /**
     * Opens the ledger in a database. What is written must be there whatever becomes of the exchange, so the data source must
     * not join the transactions of routes.
     *
     * @param dataSource gives the connections, one for each call; it stays open
     * @param createTable whether to create the tables, or bring them up to date; else they have to be there
     * @return the ledger
     * @throws IllegalArgumentException if the database is neither H2 2.x nor PostgreSQL
     * @throws IllegalStateException if the tables are not there, or too old, and are not to be created
     */
    public static JdbcTaskLedger on(DataSource dataSource, boolean createTable) {
        JdbcExecutor connections = new JdbcExecutor(dataSource);
        SchemaMigration.ofThisVersion().prepare(connections, createTable);
        return new JdbcTaskLedger(connections, H2FileWatch.NONE, () -> {});
    }

    /**
     * Opens the ledger in a file of H2, for one JVM at a time; ledgers of the same JVM may share it. Since nobody else can have
     * it open, the leases of those who had it before are over.
     *
     * @param file the file, to whose name H2 adds {@code .mv.db}
     * @param createTable whether to create the file and its tables, or bring them up to date; else they have to be there
     * @return the ledger
     * @throws IllegalStateException if H2 is not on the class path, if another JVM has the file open, or if the tables are not
     *     there, or too old, and are not to be created
     */
    public static JdbcTaskLedger inFile(Path file, boolean createTable) {
        try {
            return in(H2LedgerFile.open(file, createTable), createTable);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "A ledger in a file needs H2: add the dependency com.h2database:h2 (2.x), or give the component a "
                            + "dataSource.",
                    e);
        }
    }

    private static JdbcTaskLedger in(H2LedgerFile file, boolean createTable) {
        try {
            JdbcExecutor connections = new JdbcExecutor(file.dataSource());
            SchemaMigration.ofThisVersion().prepare(connections, createTable);
            if (file.isFirst()) {
                connections.execute("end the leases of those who had it before", LeaseTable::endAll);
            }
            return new JdbcTaskLedger(connections, file.watch(connections), file::close);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /**
     * Tells whether the file that the ledger is in is still there.
     *
     * @return what sees that; {@link H2FileWatch#NONE} where the ledger has opened no file
     */
    public H2FileWatch fileWatch() {
        return fileWatch;
    }

    /** Closes what this ledger has opened itself: the file, not a data source that it was given. May be called again. */
    @Override
    public void close() {
        closing.run();
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Optional<TaskRecord> add(TaskRecord record) {
        TaskRecord first = TaskRowMapper.asRead(record);
        checkLengths(first);
        return connections.execute("add " + name(first), connection -> {
            Optional<TaskRecord> standing = Optional.empty();
            while (standing.isEmpty() && !TaskDao.add(connection, first)) {
                // Empty when what stood there was removed in between.
                standing = TaskDao.find(connection, TaskKey.of(first));
            }
            return standing;
        });
    }

    private static void checkLengths(TaskRecord record) {
        checkLength("key", record.key(), LONGEST_KEY);
        checkLength("account", record.account(), LONGEST_NAME);
        checkLength("tag", record.tag(), LONGEST_NAME);
    }

    private static void checkLength(String name, String value, int most) {
        if (value != null && value.length() > most) {
            throw new IllegalArgumentException("The " + name + " has " + value.length()
                    + " characters, and the ledger takes " + most + ": " + value.substring(0, SHOWN) + "...");
        }
    }

    @Override
    public Optional<TaskRecord> find(String account, String key) {
        TaskKey taskKey = new TaskKey(account, key);
        return connections.execute("find " + name(taskKey), connection -> TaskDao.find(connection, taskKey));
    }

    @Override
    public Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return findAll("find task " + taskId, TaskSql.FIND_BY_TASK_ID, account, taskId).stream()
                .findFirst();
    }

    @Override
    public Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return findAll("find wire key " + wireKey, TaskSql.FIND_BY_WIRE_KEY, account, wireKey).stream()
                .findFirst();
    }

    @Override
    public Optional<TaskRecord> replace(TaskRecord next) {
        TaskRecord written = TaskRowMapper.asRead(next.withVersion(next.version() + 1));
        TaskKey key = TaskKey.of(next);
        checkLengths(written);
        return connections.execute("change " + name(key), connection -> {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                if (TaskDao.replace(connection, written, next.version())) {
                    return Optional.of(written);
                }
                Optional<TaskRecord> standing = TaskDao.find(connection, key);
                if (standing.isEmpty() || standing.get().version() != next.version()) {
                    return Optional.empty();
                }
                StepRules.check(standing.get(), next);
                if (standing.get().isAddressFoundIn(next)) {
                    return TaskDao.replaceResult(connection, written, standing.get())
                            ? Optional.of(written)
                            : Optional.empty();
                }
                // It was removed and added anew in between, so it is tried again.
            }
            throw new IllegalStateException("The ledger can read " + name(key) + ", but not change it");
        });
    }

    @Override
    public List<TaskRecord> replaceAll(List<TaskRecord> next) {
        List<TaskRecord> written = next.stream()
                .map(record -> TaskRowMapper.asRead(record.withVersion(record.version() + 1)))
                // Two nodes that change the same do so in one order, so that neither waits for the other.
                .sorted(Comparator.comparing(TaskRecord::account).thenComparing(TaskRecord::key))
                .toList();
        written.forEach(JdbcTaskLedger::checkLengths);
        return connections.inTransaction(
                "change " + next.size() + " records", connection -> TaskDao.replaceAll(connection, written));
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor) {
        TaskRecord read = TaskRowMapper.asRead(record);
        TaskKey key = TaskKey.of(record);
        return connections.inTransaction("forget " + name(key), connection -> {
            // The whole record and not its version alone, which a successor under the same key may have reached, too.
            boolean isSame = TaskDao.lock(connection, key).filter(read::equals).isPresent();
            if (isSame) {
                TaskDao.remove(connection, key);
                ForgottenTable.add(connection, read, now());
            }
            if (isSame && successor != null) {
                ForgottenTable.remove(connection, successor);
                TaskDao.add(connection, TaskRowMapper.asRead(successor.withVersion(record.version() + 1)));
            }
            return isSame;
        });
    }

    @Override
    public boolean isForgotten(TaskRecord record) {
        return connections.execute(
                "find whether " + name(record) + " was forgotten",
                connection -> ForgottenTable.contains(connection, TaskRowMapper.asRead(record)));
    }

    @Override
    public boolean isForgottenTask(String account, String taskId) {
        return connections.execute(
                "find whether task " + taskId + " was forgotten",
                connection -> ForgottenTable.containsTask(connection, account, taskId));
    }

    @Override
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        Instant now = now();
        String what = "find what is due";
        return tag == null
                ? findAll(what, TaskSql.FIND_DUE, account, now, limit, account, now, limit, limit)
                : findAll(what, TaskSql.FIND_DUE_WITH_TAG, account, now, tag, limit, account, now, tag, limit, limit);
    }

    @Override
    public List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        Object[] parameters = new Object[TaskSql.PARTS_OF_ABANDONED * 2 + 2];
        for (int i = 0; i < TaskSql.PARTS_OF_ABANDONED; i++) {
            parameters[2 * i] = account;
            parameters[2 * i + 1] = baseUrl;
        }
        parameters[parameters.length - 2] = account;
        parameters[parameters.length - 1] = limit;
        return findAll("find what is abandoned", TaskSql.FIND_ABANDONED, parameters);
    }

    @Override
    public List<TaskRecord> findOwned(String account, String node) {
        return findAll(
                "find what " + node + " owns",
                TaskSql.FIND_OWNED,
                account,
                node,
                account,
                node,
                account,
                node,
                account,
                node);
    }

    @Override
    public List<TaskRecord> findEnded(String account, String node, Instant since) {
        return findAll("find what of " + node + " has ended", TaskSql.FIND_ENDED, account, node, since);
    }

    @Override
    public List<TaskRecord> findLastDelivered(int limit) {
        return findAll("find what was delivered last", TaskSql.FIND_LAST_DELIVERED, limit);
    }

    private List<TaskRecord> findAll(String what, String sql, Object... parameters) {
        return connections.execute(what, connection -> TaskDao.findAll(connection, sql, parameters));
    }

    @Override
    public boolean renewLease(String node, Duration lease) {
        return connections.execute("renew the lease of " + node, connection -> {
            boolean wasLasting = LeaseTable.renew(connection, node, lease);
            clock.synchronizeWith(connection);
            return wasLasting;
        });
    }

    @Override
    public void releaseLease(String node) {
        connections.execute("end the lease of " + node, connection -> LeaseTable.release(connection, node));
    }

    @Override
    public boolean isLive(String node) {
        return connections.execute("read the lease of " + node, connection -> LeaseTable.isLive(connection, node));
    }

    @Override
    public int removeClosed(Instant before, int limit) {
        return connections.inTransaction("remove what was kept long enough", connection -> {
            int delivered =
                    TaskDao.removeOld(connection, TaskSql.FIND_DELIVERED, TaskSql.REMOVE_DELIVERED, before, limit);
            int rejected = TaskDao.removeOld(
                    connection, TaskSql.FIND_REJECTED, TaskSql.REMOVE_REJECTED, before, limit - delivered);
            ForgottenTable.removeOld(connection, before);
            return delivered + rejected;
        });
    }

    private static String name(TaskRecord record) {
        return name(TaskKey.of(record));
    }

    private static String name(TaskKey key) {
        return "key " + key.key() + " of account " + key.account();
    }
}
