package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.AccountPause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code sora_pause}: the pauses of accounts. It has few rows, and is read whole. */
final class PauseTable {
    private static final String COLUMNS =
            "account, base_url, key_fingerprint, cause, reason, actor, paused_at, credits";
    private static final String ADD = "INSERT INTO sora_pause (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String FIND_ALL = "SELECT " + COLUMNS + " FROM sora_pause ORDER BY paused_at";
    private static final String REMOVE =
            "DELETE FROM sora_pause WHERE account = ? AND base_url = ? AND key_fingerprint = ? AND paused_at = ?";

    private PauseTable() {}

    static List<AccountPause> findAll(Connection connection) throws SQLException {
        List<AccountPause> pauses = new ArrayList<>();
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, FIND_ALL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                pauses.add(new AccountPause(
                        rows.getString("account"),
                        rows.getString("base_url"),
                        rows.getString("key_fingerprint"),
                        AccountPause.Cause.valueOf(rows.getString("cause")),
                        rows.getString("reason"),
                        rows.getString("actor"),
                        TaskRowMapper.time(rows, "paused_at"),
                        rows.getBigDecimal("credits")));
            }
        }
        return pauses;
    }

    /** False when a pause stands in its place. */
    static boolean add(Connection connection, AccountPause pause) throws SQLException {
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
    static boolean remove(Connection connection, AccountPause pause) throws SQLException {
        return JdbcExecutor.update(
                        connection, REMOVE, pause.account(), pause.baseUrl(), pause.keyFingerprint(), pause.pausedAt())
                > 0;
    }
}
