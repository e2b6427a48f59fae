package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** What is done with the lines of {@code sora_forgotten}: notes of records that an operator has had forgotten. */
public final class ForgottenTable {
    private ForgottenTable() {}

    static void add(Connection connection, TaskRecord record, Instant now) throws SQLException {
        update(
                connection,
                TaskSql.NOTE_FORGOTTEN,
                record.account(),
                record.key(),
                incarnation(record),
                record.taskId(),
                now);
    }

    static boolean contains(Connection connection, TaskRecord record) throws SQLException {
        return isAny(connection, TaskSql.FIND_FORGOTTEN, record.account(), record.key(), incarnation(record));
    }

    static boolean containsTask(Connection connection, String account, String taskId) throws SQLException {
        return isAny(connection, TaskSql.FIND_FORGOTTEN_TASK, account, taskId);
    }

    private static boolean isAny(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = TaskDao.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    static void remove(Connection connection, TaskRecord record) throws SQLException {
        update(connection, TaskSql.REMOVE_FORGOTTEN, record.account(), record.key(), incarnation(record));
    }

    static void removeOld(Connection connection, Instant before) throws SQLException {
        update(connection, TaskSql.REMOVE_OLD_FORGOTTEN, before);
    }

    /** What tells a record from others of the same key. */
    public static String incarnation(TaskRecord record) {
        return record.wireKey() != null
                ? record.wireKey()
                : String.valueOf(record.times().createdAt());
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = TaskDao.prepare(connection, sql, parameters)) {
            statement.executeUpdate();
        }
    }
}
