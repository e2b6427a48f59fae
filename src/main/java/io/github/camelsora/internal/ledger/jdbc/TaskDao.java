package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.internal.ledger.TaskKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads and writes the rows of {@code sora_task} over a connection. */
final class TaskDao {
    private TaskDao() {}

    /** Adds a row, and a line of the history unless that is null; false when its key has one. */
    static boolean add(Connection connection, DatabaseDialect dialect, TaskRecord record, HistoryEntry entry)
            throws SQLException {
        try {
            return update(
                    connection,
                    dialect.ifAbsent(TaskSql.ADD),
                    statement -> TaskRowMapper.bindNew(statement, record),
                    entry);
        } catch (SQLException e) {
            if (JdbcExecutor.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Changes a row, if it has the version and the transition is allowed; adds a line of the history unless that is null. */
    static boolean replace(Connection connection, TaskRecord next, long version, HistoryEntry entry)
            throws SQLException {
        String sql = TaskSql.replace(next.state());
        return update(connection, sql, statement -> bindReplace(statement, next, version), entry);
    }

    /** Replaces a result that lacked the address of its video. */
    static boolean replaceResult(Connection connection, TaskRecord next, TaskRecord standing, HistoryEntry entry)
            throws SQLException {
        return update(
                connection,
                TaskSql.REPLACE_RESULT,
                statement -> {
                    int index = TaskRowMapper.bind(statement, next);
                    statement.setLong(index, standing.version());
                    statement.setString(index + 1, standing.result());
                    return index + 2;
                },
                entry);
    }

    /** Binds the parameters of a change, and returns the index of the next one. */
    private interface Binding {
        int bind(PreparedStatement statement) throws SQLException;
    }

    private static boolean update(Connection connection, String change, Binding binding, HistoryEntry entry)
            throws SQLException {
        String sql = entry == null ? change : HistoryTable.along(change, entry);
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql)) {
            int next = binding.bind(statement);
            if (entry != null) {
                HistoryTable.bind(statement, next, entry);
            }
            return statement.executeUpdate() > 0;
        }
    }

    private static int bindReplace(PreparedStatement statement, TaskRecord next, long version) throws SQLException {
        int index = TaskRowMapper.bind(statement, next);
        statement.setLong(index++, version);
        if (!next.state().isOpen()) {
            statement.setString(index++, next.result());
        }
        return index;
    }

    /** Changes those rows that still have the version before and whose transition is allowed. Returns their records. */
    static List<TaskRecord> replaceAll(Connection connection, List<TaskRecord> all) throws SQLException {
        List<TaskRecord> replaced = new ArrayList<>();
        Map<TaskState, List<TaskRecord>> byState =
                all.stream().collect(Collectors.groupingBy(TaskRecord::state, TreeMap::new, Collectors.toList()));
        for (Map.Entry<TaskState, List<TaskRecord>> group : byState.entrySet()) {
            List<TaskRecord> records = group.getValue();
            String sql = TaskSql.replace(group.getKey());
            try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql)) {
                for (TaskRecord record : records) {
                    bindReplace(statement, record, record.version() - 1);
                    statement.addBatch();
                }
                int[] counts = statement.executeBatch();
                IntStream.range(0, counts.length).filter(i -> counts[i] > 0).forEach(i -> replaced.add(records.get(i)));
            }
        }
        return replaced;
    }

    static Optional<TaskRecord> find(Connection connection, TaskKey key) throws SQLException {
        return find(connection, TaskSql.FIND, key);
    }

    /** Finds a row and locks it until the end of the transaction. */
    static Optional<TaskRecord> lock(Connection connection, TaskKey key) throws SQLException {
        return find(connection, TaskSql.LOCK, key);
    }

    private static Optional<TaskRecord> find(Connection connection, String sql, TaskKey key) throws SQLException {
        return findAll(connection, sql, key.account(), key.key()).stream().findFirst();
    }

    static List<TaskRecord> findDue(Connection connection, String account, String tag, Instant now, int limit)
            throws SQLException {
        return tag == null
                ? findAll(connection, TaskSql.FIND_DUE, account, now, limit, account, now, limit, limit)
                : findAll(
                        connection,
                        TaskSql.FIND_DUE_WITH_TAG,
                        account,
                        now,
                        tag,
                        limit,
                        account,
                        now,
                        tag,
                        limit,
                        limit);
    }

    static List<TaskRecord> findAbandoned(Connection connection, String account, String baseUrl, int limit)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < TaskSql.PARTS_OF_ABANDONED; i++) {
            parameters.addAll(List.of(account, baseUrl));
        }
        parameters.addAll(List.of(account, limit));
        return findAll(connection, TaskSql.FIND_ABANDONED, parameters.toArray());
    }

    static List<TaskRecord> findOwned(Connection connection, String account, String node) throws SQLException {
        return findAll(connection, TaskSql.FIND_OWNED, account, node, account, node, account, node, account, node);
    }

    static List<TaskRecord> findAll(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<TaskRecord> records = new ArrayList<>();
            while (rows.next()) {
                records.add(TaskRowMapper.read(rows));
            }
            return records;
        }
    }

    /** Fails if a record with a request is to have the task of another one, which the index of task ids rejects. */
    static void checkOnlyOfTask(Connection connection, TaskRecord record) throws SQLException {
        String taskId = TaskKey.ownTaskId(record);
        if (taskId == null) {
            return;
        }
        List<TaskKey> others = findKeys(connection, TaskSql.FIND_OTHER_OF_TASK, record.account(), taskId, record.key());
        if (!others.isEmpty()) {
            throw new TaskTakenException(record.taskId(), others.get(0).key());
        }
    }

    static void remove(Connection connection, TaskKey key) throws SQLException {
        JdbcExecutor.update(connection, TaskSql.REMOVE, key.account(), key.key());
    }

    /** Finds rows that are older than a time, and removes those that did not change meanwhile. Returns their keys. */
    static List<TaskKey> removeOld(Connection connection, String find, String remove, Instant before, int limit)
            throws SQLException {
        List<TaskKey> removed = new ArrayList<>();
        List<TaskKey> old = findKeys(connection, find, before, limit);
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, remove)) {
            for (TaskKey key : old) {
                JdbcExecutor.bind(statement, key.account(), key.key(), before);
                if (statement.executeUpdate() > 0) {
                    removed.add(key);
                }
            }
        }
        return removed;
    }

    private static List<TaskKey> findKeys(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<TaskKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(new TaskKey(rows.getString("account"), rows.getString("task_key")));
            }
            return keys;
        }
    }
}
