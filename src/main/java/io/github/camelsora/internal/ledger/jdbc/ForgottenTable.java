package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The table {@code sora_forgotten}: tombstones of records that an operator has removed. */
final class ForgottenTable {
    private ForgottenTable() {}

    static void add(Connection connection, TaskRecord record, Instant now) throws SQLException {
        update(
                connection,
                TaskSql.ADD_FORGOTTEN,
                record.account(),
                record.key(),
                TaskKey.incarnation(record),
                record.taskId(),
                now);
    }

    static boolean contains(Connection connection, TaskRecord record) throws SQLException {
        return exists(connection, TaskSql.FIND_FORGOTTEN, record.account(), record.key(), TaskKey.incarnation(record));
    }

    static boolean containsTask(Connection connection, String account, String taskId) throws SQLException {
        return exists(connection, TaskSql.FIND_FORGOTTEN_TASK, account, taskId);
    }

    private static boolean exists(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = TaskDao.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    static void remove(Connection connection, TaskRecord record) throws SQLException {
        update(connection, TaskSql.REMOVE_FORGOTTEN, record.account(), record.key(), TaskKey.incarnation(record));
    }

    static void removeOld(Connection connection, Instant before) throws SQLException {
        update(connection, TaskSql.REMOVE_OLD_FORGOTTEN, before);
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = TaskDao.prepare(connection, sql, parameters)) {
            statement.executeUpdate();
        }
    }
}
