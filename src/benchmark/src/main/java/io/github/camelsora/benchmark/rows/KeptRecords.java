package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes many records and their history into the tables of a ledger, past the ledger, by the database's own means. Keys are
 * spread over most of the range that new keys fall into.
 */
final class KeptRecords {
    private static final String SCHEMA = "/io/github/camelsora/ledger/1.sql";
    private static final int BATCH = 250_000;
    private static final long KEYS = 10_000_000_000_000L - 1;
    private static final String COLUMNS =
            "account, task_key, wire_key, state, task_id, owner, operation, base_url, request, result,"
                    + " deliveries, version, created_at, accepted_at, ended_at, delivered_at, track_until";
    // All of them within 30 days, which they are kept.
    private static final String INSERT =
            "INSERT INTO sora_task (" + COLUMNS + ") SELECT ?, LPAD(CAST(n * ? AS VARCHAR), 13, '0'),"
                    + " LPAD(CAST(n * ? AS VARCHAR), 13, '0') || '" + TaskLives.WIRE_KEY_END + "', ?,"
                    + " 'video_' || LPAD(CAST(n * ? AS VARCHAR), 13, '0'), ?, 'remix', ?, ?, ?, 0, 3, t, t, t, t, %s"
                    + " FROM (SELECT n, CURRENT_TIMESTAMP - n * INTERVAL '0.2' SECOND AS t FROM %s(?, ?) AS s(n)) numbered";

    private static final String INSERT_LINES =
            "INSERT INTO sora_event (account, task_key, version, happened_at, event, from_state, to_state, node, detail)"
                    + " SELECT ?, LPAD(CAST(n * ? AS VARCHAR), 13, '0'), ?, CURRENT_TIMESTAMP - n * INTERVAL '0.2' SECOND,"
                    + " ?, ?, ?, ?, ? FROM %s(?, ?) AS s(n)";
    /** The history of a delivered task; that of a running one is shorter. */
    private static final List<Line> LINES = List.of(
            new Line("SubmitStarted", null, TaskState.INTENT, null),
            new Line("SubmitAccepted", TaskState.INTENT, TaskState.RUNNING, "task video_0123456789012"),
            new Line("TaskCompleted", TaskState.RUNNING, TaskState.ENDED, "COMPLETED"),
            new Line("Delivered", TaskState.ENDED, TaskState.DELIVERED, null));

    private record Line(String event, TaskState from, TaskState to, String detail) {}

    private final DataSource database;
    private final boolean isH2;

    KeptRecords(DataSource database) throws SQLException {
        this.database = database;
        try (Connection connection = database.getConnection()) {
            isH2 = connection.getMetaData().getDatabaseProductName().equals("H2");
        }
    }

    /** Records of tasks that were delivered, and whose keys are remembered. */
    void writeDelivered(int count) throws Exception {
        write(count, TaskState.DELIVERED, null, TaskLives.SERVICE);
    }

    /** Records of tasks that run and are owned by a node. */
    void writeRunning(int count, String owner, String baseUrl) throws Exception {
        write(count, TaskState.RUNNING, owner, baseUrl);
    }

    private void write(int count, TaskState state, String owner, String baseUrl) throws Exception {
        boolean isRunning = state == TaskState.RUNNING;
        String series = isH2 ? "SYSTEM_RANGE" : "generate_series";
        String insert = INSERT.formatted(isRunning ? "CURRENT_TIMESTAMP + INTERVAL '24' HOUR" : "NULL", series);
        if (isRunning) {
            insert = insert.replace("t, t, t, t,", "t, t, NULL, NULL,");
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String drop : dropsOfIndexes(connection)) {
                statement.execute(drop);
            }
            for (long first = 1; first <= count; first += BATCH) {
                long last = Math.min(count, first + BATCH - 1);
                insert(connection, insert, first, last, KEYS / count, state, owner, baseUrl);
                int lines = isRunning ? 2 : LINES.size();
                for (int version = 0; version < lines; version++) {
                    insertLines(connection, INSERT_LINES.formatted(series), first, last, KEYS / count, version);
                }
            }
            // It makes what is not there.
            statement.execute(schema());
            statement.execute(isH2 ? "ANALYZE" : "VACUUM ANALYZE sora_task, sora_event");
        }
    }

    private static void insert(
            Connection connection,
            String insert,
            long first,
            long last,
            long step,
            TaskState state,
            String owner,
            String baseUrl)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int i = 0;
            statement.setString(++i, TaskLives.ACCOUNT);
            statement.setLong(++i, step);
            statement.setLong(++i, step);
            statement.setString(++i, state.name());
            statement.setLong(++i, step);
            statement.setString(++i, owner);
            statement.setString(++i, baseUrl);
            statement.setString(++i, TaskLives.REQUEST);
            statement.setString(++i, state == TaskState.RUNNING ? null : TaskLives.RESULT);
            statement.setLong(++i, first);
            statement.setLong(++i, last);
            statement.executeUpdate();
        }
    }

    /** One line of each task. */
    private static void insertLines(Connection connection, String insert, long first, long last, long step, int version)
            throws SQLException {
        Line line = LINES.get(version);
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int i = 0;
            statement.setString(++i, TaskLives.ACCOUNT);
            statement.setLong(++i, step);
            statement.setLong(++i, version);
            statement.setString(++i, line.event());
            statement.setString(++i, line.from() == null ? null : line.from().name());
            statement.setString(++i, line.to().name());
            statement.setString(++i, TaskLives.NODE);
            statement.setString(++i, line.detail());
            statement.setLong(++i, first);
            statement.setLong(++i, last);
            statement.executeUpdate();
        }
    }

    /** An index is made faster at once than line by line. */
    private List<String> dropsOfIndexes(Connection connection) throws SQLException {
        String find = isH2
                ? "SELECT index_name FROM information_schema.indexes WHERE LOWER(table_name) IN ('sora_task', 'sora_event')"
                        + " AND index_type_name IN ('INDEX', 'UNIQUE INDEX')"
                : "SELECT indexname FROM pg_indexes WHERE tablename IN ('sora_task', 'sora_event')"
                        + " AND indexname NOT LIKE '%pkey'";
        List<String> drops = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(find)) {
            while (rows.next()) {
                drops.add("DROP INDEX " + rows.getString(1));
            }
        }
        return drops;
    }

    private static String schema() throws IOException {
        try (InputStream script = KeptRecords.class.getResourceAsStream(SCHEMA)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
