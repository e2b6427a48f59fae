package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerBook;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A ledger in H2 2.x or PostgreSQL, which outlives its JVM. Its columns can be read by plain SQL ({@code
 * io/github/camelsora/ledger/1.sql} describes them). Several JVMs may share one. Thread-safe.
 *
 * <p>Each change is committed before its method returns, and no connection is held between two calls. Times are those of the
 * database, to the millisecond. A failure of the database is thrown as a runtime exception that names the record.
 */
public final class JdbcTaskLedger implements TaskLedger, AutoCloseable {
    private final JdbcExecutor jdbc;
    private final RecordWrites writes;
    private final DatabaseClock clock = new DatabaseClock(System::nanoTime);
    private final Runnable onClose;
    private final H2FileWatch fileWatch;

    private JdbcTaskLedger(JdbcExecutor jdbc, H2FileWatch fileWatch, Runnable onClose) {
        this.jdbc = jdbc;
        this.fileWatch = fileWatch;
        this.onClose = onClose;
        this.writes = new RecordWrites(jdbc, jdbc.execute("identify the database", DatabaseDialect::of));
        jdbc.execute("read the time", clock::synchronizeWith);
    }

    /**
     * Opens the ledger in a database. A record must stay written whatever becomes of the exchange, so the data source must not
     * join the transactions of routes.
     *
     * @param dataSource gives a connection for each call; it stays open
     * @param createTable whether to create or update the tables; otherwise they must exist
     * @return the ledger
     * @throws IllegalArgumentException if the database is neither H2 2.x nor PostgreSQL, or if the data source joins
     *     transactions of Spring
     * @throws IllegalStateException if the tables do not exist, or are too old, and must not be created
     */
    public static JdbcTaskLedger on(DataSource dataSource, boolean createTable) {
        JdbcExecutor jdbc = new JdbcExecutor(dataSource);
        SchemaMigration.ofThisVersion().prepare(jdbc, createTable);
        return new JdbcTaskLedger(jdbc, H2FileWatch.NONE, () -> {});
    }

    /**
     * Opens the ledger in a file of H2, for one JVM at a time; ledgers of the same JVM may share it. No other JVM can have the
     * file open, so this ends the leases of earlier ones.
     *
     * @param file the file, to whose name H2 adds {@code .mv.db}
     * @param createTable whether to create the file and create or update its tables; otherwise they must exist
     * @return the ledger
     * @throws IllegalStateException if H2 is not on the class path, if another JVM has the file open, or if the tables do not
     *     exist, or are too old, and must not be created
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
            JdbcExecutor jdbc = new JdbcExecutor(file.dataSource());
            SchemaMigration.ofThisVersion().prepare(jdbc, createTable);
            if (file.isFirst()) {
                jdbc.execute("end the leases of earlier JVMs", LeaseTable::releaseAll);
            }
            return new JdbcTaskLedger(jdbc, file.watch(jdbc), file::close);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /**
     * Watches the file that the ledger is in.
     *
     * @return the watch; {@link H2FileWatch#NONE} where the ledger has opened no file
     */
    public H2FileWatch fileWatch() {
        return fileWatch;
    }

    /** Closes the file that this ledger has opened; a data source that it was given stays open. Idempotent. */
    @Override
    public void close() {
        onClose.run();
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
    public Optional<TaskRecord> add(LedgerWrite write) {
        return writes.add(write);
    }

    @Override
    public Optional<TaskRecord> replace(LedgerWrite write) {
        return writes.replace(write);
    }

    @Override
    public List<TaskRecord> replaceAll(List<LedgerWrite> all) {
        return writes.replaceAll(all);
    }

    @Override
    public boolean forget(TaskRecord record, TaskRecord successor, HistoryEntry entry) {
        return writes.forget(record, successor, entry, now());
    }

    @Override
    public boolean erase(TaskRecord record, TaskRecord erased, HistoryEntry entry) {
        return writes.erase(record, erased, entry, now());
    }

    @Override
    public Optional<TaskRecord> find(String account, String key) {
        TaskKey taskKey = new TaskKey(account, key);
        return jdbc.execute("find " + RecordWrites.name(taskKey), connection -> TaskDao.find(connection, taskKey));
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
    public List<TaskRecord> findBySource(String account, String sourceId, int limit) {
        return findAll("find what came of " + sourceId, TaskSql.FIND_BY_SOURCE, account, sourceId, limit);
    }

    @Override
    public boolean isForgotten(TaskRecord record) {
        return jdbc.execute(
                "find whether the record of " + RecordWrites.name(TaskKey.of(record)) + " was forgotten",
                connection -> ForgottenTable.contains(connection, TaskRowMapper.asRead(record)));
    }

    @Override
    public boolean isForgottenTask(String account, String taskId) {
        return jdbc.execute(
                "find whether task " + taskId + " was forgotten",
                connection -> ForgottenTable.containsTask(connection, account, taskId));
    }

    @Override
    public List<TaskRecord> findDue(String account, String tag, int limit) {
        Instant now = now();
        return jdbc.execute("find due records", connection -> TaskDao.findDue(connection, account, tag, now, limit));
    }

    @Override
    public List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        return jdbc.execute(
                "find abandoned records", connection -> TaskDao.findAbandoned(connection, account, baseUrl, limit));
    }

    @Override
    public List<TaskRecord> findOwned(String account, String node) {
        return jdbc.execute("find the records of " + node, connection -> TaskDao.findOwned(connection, account, node));
    }

    @Override
    public List<TaskRecord> findEnded(String account, String node, Instant since) {
        return findAll("find the ended records of " + node, TaskSql.FIND_ENDED, account, node, since);
    }

    @Override
    public List<TaskRecord> findLastDelivered(int limit) {
        return findAll("find the records that were delivered last", TaskSql.FIND_LAST_DELIVERED, limit);
    }

    private List<TaskRecord> findAll(String what, String sql, Object... parameters) {
        return jdbc.execute(what, connection -> TaskDao.findAll(connection, sql, parameters));
    }

    @Override
    public boolean renewLease(String node, Duration lease) {
        return jdbc.execute("renew the lease of " + node, connection -> {
            boolean wasLive = LeaseTable.renew(connection, node, lease);
            clock.synchronizeWith(connection);
            return wasLive;
        });
    }

    @Override
    public void releaseLease(String node) {
        jdbc.execute("release the lease of " + node, connection -> LeaseTable.release(connection, node));
    }

    @Override
    public boolean isLive(String node) {
        return jdbc.execute("read the lease of " + node, connection -> LeaseTable.isLive(connection, node));
    }

    @Override
    public int removeClosed(Instant before, int limit) {
        return writes.removeClosed(before, limit, now());
    }

    @Override
    public Optional<LedgerBook> book() {
        return Optional.of(account -> new BookTable.HeldIn(account, new BookTable.Reader() {
            @Override
            public <T> T read(JdbcExecutor.Work<T> work) {
                return jdbc.execute("read the book of account " + account, work);
            }
        }));
    }

    @Override
    public Optional<LedgerPauses> pauses() {
        return Optional.of(new PauseTable(jdbc));
    }

    @Override
    public Optional<LedgerHistory> history() {
        return Optional.of(new HistoryTable(jdbc));
    }

    @Override
    public Optional<LedgerSearch> search() {
        return Optional.of(new TaskSearchTable(jdbc));
    }
}
