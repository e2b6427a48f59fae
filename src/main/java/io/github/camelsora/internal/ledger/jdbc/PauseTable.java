package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.LedgerPauses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table {@code sora_pause}: the pauses of accounts. It has few rows, and is read whole. */
final class PauseTable implements LedgerPauses {
    private static final String COLUMNS =
            "account, base_url, key_fingerprint, cause, reason, actor, paused_at, credits";
    private static final String ADD = "INSERT INTO sora_pause (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String FIND_ALL = "SELECT " + COLUMNS + " FROM sora_pause ORDER BY paused_at";
    private static final String REMOVE =
            "DELETE FROM sora_pause WHERE account = ? AND base_url = ? AND key_fingerprint = ? AND paused_at = ?";

    private final JdbcExecutor jdbc;

    PauseTable(JdbcExecutor jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AccountPause> findAll() {
        return jdbc.execute("find the pauses of accounts", PauseTable::findAll);
    }

    @Override
    public boolean add(AccountPause pause) {
        return jdbc.execute("pause account " + pause.account(), connection -> add(connection, pause));
    }

    @Override
    public boolean remove(AccountPause pause) {
        return jdbc.execute("resume account " + pause.account(), connection -> remove(connection, pause));
    }

    private static List<AccountPause> findAll(Connection connection) throws SQLException {
        List<AccountPause> pauses = new ArrayList<>();
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, FIND_ALL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                pauses.add(read(rows));
            }
        }
        return pauses;
    }

    private static AccountPause read(ResultSet row) throws SQLException {
        String name = row.getString("cause");
        Optional<Cause> cause = Stream.of(Cause.values())
                .filter(known -> known.name().equals(name))
                .findFirst();
        String reason = row.getString("reason");
        return new AccountPause(
                row.getString("account"),
                row.getString("base_url"),
                row.getString("key_fingerprint"),
                // A newer version has paused the account. What that binds is not known here, so all submits wait.
                cause.orElse(Cause.OPERATOR),
                cause.isPresent() ? reason : "cause " + name + ", which this version does not know: " + reason,
                row.getString("actor"),
                TaskRowMapper.time(row, "paused_at"),
                row.getBigDecimal("credits"));
    }

    private static boolean add(Connection connection, AccountPause pause) throws SQLException {
        return JdbcExecutor.insert(
                connection,
                ADD,
                pause.account(),
                pause.baseUrl(),
                pause.keyFingerprint(),
                pause.cause().name(),
                pause.reason(),
                pause.actor(),
                pause.pausedAt(),
                pause.credits());
    }

    /** By its time, too: a later pause may stand in its place. */
    private static boolean remove(Connection connection, AccountPause pause) throws SQLException {
        return JdbcExecutor.update(
                        connection, REMOVE, pause.account(), pause.baseUrl(), pause.keyFingerprint(), pause.pausedAt())
                > 0;
    }
}
