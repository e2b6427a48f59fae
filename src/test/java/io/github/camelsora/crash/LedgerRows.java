package io.github.camelsora.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger as an operator reads it, by plain SQL. */
final class LedgerRows {
    private static final String SUFFIX = ".mv.db";
    private static final String ROWS =
            "SELECT task_key, state, task_id, owner, loss_reported_at, delivered_at, next_delivery, version"
                    + " FROM sora_task ORDER BY task_key";

    private final Map<String, Row> rows;

    private LedgerRows(Map<String, Row> rows) {
        this.rows = rows;
    }

    /**
     * One row, by the names of its columns; times in milliseconds, 0 for none.
     *
     * @param key task_key
     * @param state state
     * @param taskId task_id
     * @param owner owner
     * @param lossReportedAt loss_reported_at
     * @param deliveredAt delivered_at
     * @param nextDelivery next_delivery
     * @param version version
     */
    record Row(
            String key,
            String state,
            String taskId,
            String owner,
            long lossReportedAt,
            long deliveredAt,
            long nextDelivery,
            long version) {

        /** Tells whether the task still has to be delivered, by another node if its owner dies. */
        boolean isInFlight() {
            return !state.equals("DELIVERED") && !state.equals("REJECTED") && !state.equals("SET_ASIDE");
        }
    }

    /** Reads a copy of the file of a node that has ended: opening the file itself would change it. */
    static LedgerRows ofCopy(Path ledger) {
        Path copy = ledger.resolveSibling("copy-of-" + ledger.getFileName());
        Path file = copy.resolveSibling(copy.getFileName() + SUFFIX);
        try {
            Files.copy(ledger.resolveSibling(ledger.getFileName() + SUFFIX), file);
            LedgerRows rows = of("jdbc:h2:" + copy.toAbsolutePath() + ";IFEXISTS=TRUE");
            Files.delete(file);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LedgerRows of(String url) {
        boolean isFile = url.startsWith("jdbc:h2:");
        try (Connection connection =
                        isFile ? DriverManager.getConnection(url, "sa", "") : DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROWS)) {
            Map<String, Row> rows = new LinkedHashMap<>();
            while (found.next()) {
                Row row = read(found);
                rows.put(row.key(), row);
            }
            return new LedgerRows(rows);
        } catch (SQLException e) {
            throw new AssertionError("The ledger cannot be read at " + url, e);
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString("task_key"),
                row.getString("state"),
                row.getString("task_id"),
                row.getString("owner"),
                millis(row.getTimestamp("loss_reported_at")),
                millis(row.getTimestamp("delivered_at")),
                millis(row.getTimestamp("next_delivery")),
                row.getLong("version"));
    }

    private static long millis(Timestamp time) {
        return time == null ? 0 : time.getTime();
    }

    Collection<Row> all() {
        return rows.values();
    }

    Optional<Row> find(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    long inFlight() {
        return all().stream().filter(Row::isInFlight).count();
    }

    /** How many rows are in each state. */
    Map<String, Long> states() {
        return statesOf("");
    }

    /** How many rows are in each state, of the keys with a prefix. */
    Map<String, Long> statesOf(String prefix) {
        return all().stream()
                .filter(row -> row.key().startsWith(prefix))
                .collect(Collectors.groupingBy(Row::state, TreeMap::new, Collectors.counting()));
    }
}
