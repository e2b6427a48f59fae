package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The table {@code sora_event}: the history of tasks and of operators' actions. */
final class HistoryTable implements LedgerHistory {
    private static final String COLUMNS =
            "account, task_key, version, happened_at, event, from_state, to_state, node, actor, detail";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM sora_event ";
    private static final String LATEST_FIRST = "ORDER BY happened_at DESC, version DESC LIMIT ?";

    static final String ADD = "INSERT INTO sora_event (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ADD_IF_WRITTEN =
            "INSERT INTO sora_event (" + COLUMNS + ") SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM written";
    static final String FIND = SELECT + "WHERE account = ? AND task_key = ? " + LATEST_FIRST;
    // An actor is never the empty string; unlike IS NOT NULL, a comparison uses the index in both databases.
    static final String FIND_ALL_ACTIONS = SELECT + "WHERE actor >= '' " + LATEST_FIRST;
    static final String FIND_ACTIONS = SELECT + "WHERE actor >= '' AND account = ? " + LATEST_FIRST;
    static final String REMOVE = "DELETE FROM sora_event WHERE account = ? AND task_key = ? AND actor IS NULL";
    static final String REMOVE_DETAILS = "UPDATE sora_event SET detail = NULL WHERE account = ? AND task_key = ?";
    static final String REMOVE_OLD_ACTIONS = "DELETE FROM sora_event WHERE actor >= '' AND happened_at < ?";

    private final JdbcExecutor jdbc;

    HistoryTable(JdbcExecutor jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<HistoryEntry> find(String account, String key, int limit) {
        List<HistoryEntry> latestFirst = jdbc.execute(
                "read the history of key " + key, connection -> findAll(connection, FIND, account, key, limit));
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    @Override
    public List<HistoryEntry> findActions(String account, int limit) {
        return jdbc.execute(
                "read the actions of operators",
                connection -> account == null
                        ? findAll(connection, FIND_ALL_ACTIONS, limit)
                        : findAll(connection, FIND_ACTIONS, account, limit));
    }

    private static List<HistoryEntry> findAll(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<HistoryEntry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(read(rows));
            }
            return entries;
        }
    }

    private static HistoryEntry read(ResultSet row) throws SQLException {
        String from = row.getString("from_state");
        String to = row.getString("to_state");
        String detail = row.getString("detail");
        return new HistoryEntry(
                row.getString("account"),
                row.getString("task_key"),
                row.getLong("version"),
                TaskRowMapper.time(row, "happened_at"),
                row.getString("event"),
                TaskRowMapper.state(from).orElse(null),
                TaskRowMapper.state(to).orElse(null),
                row.getString("node"),
                row.getString("actor"),
                isKnown(from) && isKnown(to)
                        ? detail
                        : "from " + from + " to " + to + (detail == null ? "" : ": " + detail));
    }

    /** A line of a newer version must not hide the other lines. */
    private static boolean isKnown(String state) {
        return state == null || TaskRowMapper.state(state).isPresent();
    }

    @Override
    public void add(HistoryEntry entry) {
        jdbc.execute("add to the history of account " + entry.account(), connection -> {
            add(connection, List.of(entry));
            return null;
        });
    }

    static void add(Connection connection, Collection<HistoryEntry> entries) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, ADD)) {
            for (HistoryEntry entry : entries) {
                bind(statement, 1, entry);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The statement that changes a record, if that succeeds together with a line; its parameters come last. */
    static String along(String change) {
        return "WITH written AS (" + change + " RETURNING 1) " + ADD_IF_WRITTEN;
    }

    static void bind(PreparedStatement statement, int first, HistoryEntry entry) throws SQLException {
        int i = first;
        statement.setString(i++, entry.account());
        statement.setString(i++, entry.key());
        statement.setLong(i++, entry.version());
        TaskRowMapper.bind(statement, i++, entry.at());
        statement.setString(i++, entry.event());
        statement.setString(i++, name(entry.from()));
        statement.setString(i++, name(entry.to()));
        statement.setString(i++, entry.node());
        statement.setString(i++, entry.actor());
        statement.setString(i, entry.detail());
    }

    private static String name(TaskState state) {
        return state == null ? null : state.name();
    }

    /** Removes the lines of records that were removed. */
    static void remove(Connection connection, Collection<TaskKey> keys) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, REMOVE)) {
            for (TaskKey key : keys) {
                JdbcExecutor.bind(statement, key.account(), key.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Removes what the lines of a record say beside its states. */
    static void removeDetails(Connection connection, TaskKey key) throws SQLException {
        JdbcExecutor.update(connection, REMOVE_DETAILS, key.account(), key.key());
    }

    static void removeOldActions(Connection connection, Instant before) throws SQLException {
        JdbcExecutor.update(connection, REMOVE_OLD_ACTIONS, before);
    }
}
