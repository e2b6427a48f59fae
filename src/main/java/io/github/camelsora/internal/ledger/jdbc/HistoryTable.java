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
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables {@code sora_event} and {@code sora_action}: what happened to tasks by itself, which goes with their records, and what
 * operators did, which outlives them. So the many lines of tasks have one index only.
 */
final class HistoryTable implements LedgerHistory {
    private static final String LINE =
            "account, task_key, version, happened_at, event, from_state, to_state, node, detail";
    private static final String ACTION = LINE + ", actor";
    private static final String OF_KEY = " WHERE account = ? AND task_key = ?";
    private static final String BY_TIME = "happened_at DESC, version DESC LIMIT ?";
    private static final String LATEST_FIRST = " ORDER BY " + BY_TIME;
    private static final String SELECT_ACTIONS = "SELECT " + ACTION + " FROM sora_action";

    private static final String INTO_EVENTS = "INSERT INTO sora_event (" + LINE + ") ";
    private static final String INTO_ACTIONS = "INSERT INTO sora_action (" + ACTION + ") ";
    private static final String NINE = "?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final String TEN = NINE + ", ?";

    static final String ADD = INTO_EVENTS + "VALUES (" + NINE + ")";
    static final String ADD_ACTION = INTO_ACTIONS + "VALUES (" + TEN + ")";
    static final String FIND = "SELECT " + ACTION + " FROM (SELECT " + LINE
            + ", CAST(NULL AS VARCHAR(200)) AS actor FROM sora_event" + OF_KEY + " UNION ALL " + SELECT_ACTIONS + OF_KEY
            + ") of_key" + LATEST_FIRST;
    static final String FIND_ALL_ACTIONS = SELECT_ACTIONS + LATEST_FIRST;
    // The account in the order makes H2 read the index from its end.
    static final String FIND_ACTIONS = SELECT_ACTIONS + " WHERE account = ? ORDER BY account DESC, " + BY_TIME;
    static final String REMOVE = "DELETE FROM sora_event" + OF_KEY;
    static final String REMOVE_DETAILS = "UPDATE sora_event SET detail = NULL" + OF_KEY;
    static final String REMOVE_DETAILS_OF_ACTIONS = "UPDATE sora_action SET detail = NULL" + OF_KEY;
    static final String REMOVE_OLD_ACTIONS = "DELETE FROM sora_action WHERE happened_at < ?";

    private final JdbcExecutor jdbc;

    HistoryTable(JdbcExecutor jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<HistoryEntry> find(String account, String key, int limit) {
        List<HistoryEntry> latestFirst = jdbc.execute(
                "read the history of key " + key,
                connection -> findAll(connection, FIND, account, key, account, key, limit));
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
        Map<Boolean, List<HistoryEntry>> byKind =
                entries.stream().collect(Collectors.partitioningBy(HistoryEntry::isAction));
        add(connection, ADD, byKind.get(false));
        add(connection, ADD_ACTION, byKind.get(true));
    }

    private static void add(Connection connection, String sql, List<HistoryEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql)) {
            for (HistoryEntry entry : entries) {
                bind(statement, 1, entry);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The statement that changes a record, if that succeeds together with a line; the parameters of the line come last. */
    static String along(String change, HistoryEntry entry) {
        return "WITH written AS (" + change + " RETURNING 1) "
                + (entry.isAction() ? INTO_ACTIONS + "SELECT " + TEN : INTO_EVENTS + "SELECT " + NINE)
                + " FROM written";
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
        statement.setString(i++, entry.detail());
        if (entry.isAction()) {
            statement.setString(i, entry.actor());
        }
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
        JdbcExecutor.update(connection, REMOVE_DETAILS_OF_ACTIONS, key.account(), key.key());
    }

    static void removeOldActions(Connection connection, Instant before) throws SQLException {
        JdbcExecutor.update(connection, REMOVE_OLD_ACTIONS, before);
    }
}
