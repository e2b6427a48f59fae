package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** The table {@code sora_forgotten}: tombstones of records that an operator has removed. */
final class ForgottenTable {
    private ForgottenTable() {}

    static void add(Connection connection, TaskRecord record, Instant now) throws SQLException {
        JdbcExecutor.update(
                connection,
                TaskSql.ADD_FORGOTTEN,
                record.account(),
                record.key(),
                TaskKey.incarnation(record),
                TaskKey.ownTaskId(record),
                now);
    }

    static boolean contains(Connection connection, TaskRecord record) throws SQLException {
        return JdbcExecutor.exists(
                connection, TaskSql.FIND_FORGOTTEN, record.account(), record.key(), TaskKey.incarnation(record));
    }

    static boolean containsTask(Connection connection, String account, String taskId) throws SQLException {
        return JdbcExecutor.exists(connection, TaskSql.FIND_FORGOTTEN_TASK, account, taskId);
    }

    static void remove(Connection connection, TaskRecord record) throws SQLException {
        JdbcExecutor.update(
                connection, TaskSql.REMOVE_FORGOTTEN, record.account(), record.key(), TaskKey.incarnation(record));
    }

    static void removeOld(Connection connection, Instant before) throws SQLException {
        JdbcExecutor.update(connection, TaskSql.REMOVE_OLD_FORGOTTEN, before);
    }
}
