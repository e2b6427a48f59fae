package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.SlowSearchException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Searches the table {@code sora_task}. Thread-safe. */
final class TaskSearchTable implements LedgerSearch {
    // Not by the database, whose order of texts is its own.
    private static final Comparator<TaskCount> ORDER =
            Comparator.comparing(TaskCount::account).thenComparing(TaskCount::state);

    private final JdbcExecutor jdbc;

    TaskSearchTable(JdbcExecutor jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<TaskRecord> find(TaskFilter filter, TaskPage page) {
        return query("search records", SearchSql.find(filter, page), TaskRowMapper::read);
    }

    @Override
    public List<TaskCount> count(TaskFilter filter) {
        return query("count records", SearchSql.count(filter), TaskSearchTable::readCount).stream()
                .flatMap(Optional::stream)
                .sorted(ORDER)
                .toList();
    }

    /** Empty for records in a state of a newer version, which must not hide the others. */
    private static Optional<TaskCount> readCount(ResultSet row) throws SQLException {
        Optional<TaskState> state = TaskRowMapper.state(row.getString("state"));
        if (state.isEmpty()) {
            return Optional.empty();
        }
        long tasks = row.getLong("tasks");
        return Optional.of(new TaskCount(
                row.getString("account"),
                state.get(),
                tasks,
                row.getBigDecimal("price"),
                tasks - row.getLong("priced")));
    }

    @Override
    public Optional<Instant> oldestUndelivered(String account) {
        List<Optional<Instant>> answer = query(
                "find the oldest undelivered result",
                SearchSql.oldestUndelivered(account),
                row -> Optional.ofNullable(TaskRowMapper.time(row, "ended_at")));
        return answer.get(0);
    }

    private static SlowSearchException tooLong(String what, SQLException cause) {
        return new SlowSearchException(
                "To " + what + " took the ledger's database longer than " + JdbcExecutor.QUERY_TIMEOUT_SECONDS
                        + " s, so it was ended. Nothing was changed. Narrow the filter, for example by state, correlation, or age",
                cause);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String what, SearchSql query, RowReader<T> reader) {
        return jdbc.execute(what, connection -> {
            try (PreparedStatement statement = JdbcExecutor.prepare(
                            connection, query.sql(), query.parameters().toArray());
                    ResultSet rows = statement.executeQuery()) {
                List<T> answer = new ArrayList<>();
                while (rows.next()) {
                    answer.add(reader.read(rows));
                }
                return answer;
            } catch (SQLException e) {
                if (JdbcExecutor.isTimeout(e)) {
                    throw tooLong(what, e);
                }
                throw e;
            }
        });
    }
}
