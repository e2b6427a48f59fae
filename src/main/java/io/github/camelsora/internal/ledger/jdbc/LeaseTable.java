package io.github.camelsora.internal.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The leases in {@code sora_node}, which begin and end by the database's clock. */
final class LeaseTable {
    // The interval is what H2 and PostgreSQL both multiply.
    private static final String LEASE_END = "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

    static final String RENEW =
            "UPDATE sora_node SET lease_until = " + LEASE_END + " WHERE node = ? AND lease_until > CURRENT_TIMESTAMP";
    static final String BEGIN_AGAIN = "UPDATE sora_node SET lease_until = " + LEASE_END + " WHERE node = ?";
    static final String BEGIN = "INSERT INTO sora_node (lease_until, node) VALUES (" + LEASE_END + ", ?)";
    static final String LEAVE = "DELETE FROM sora_node WHERE node = ?";
    static final String IS_LIVE = "SELECT node FROM sora_node WHERE node = ? AND lease_until > CURRENT_TIMESTAMP";
    // A day, so that an operator who looks the next morning sees when a node was last heard of.
    static final String CLEAR_AWAY = "DELETE FROM sora_node WHERE lease_until < CURRENT_TIMESTAMP - INTERVAL '1' DAY";
    static final String END_ALL = "DELETE FROM sora_node";

    private LeaseTable() {}

    /** Begins or renews a lease, and tells whether it still lasted. */
    static boolean renew(Connection connection, String node, Duration lease) throws SQLException {
        if (write(connection, RENEW, node, lease)) {
            return true;
        }
        // Who comes new clears away those who have gone, so that they do not pile up.
        run(connection, CLEAR_AWAY);
        while (!write(connection, BEGIN_AGAIN, node, lease) && !begin(connection, node, lease)) {
            // Somebody under the same name has begun, or was cleared away, in between.
        }
        return false;
    }

    private static boolean begin(Connection connection, String node, Duration lease) throws SQLException {
        try {
            return write(connection, BEGIN, node, lease);
        } catch (SQLException e) {
            if (JdbcExecutor.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean write(Connection connection, String sql, String node, Duration lease) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql)) {
            statement.setLong(1, lease.toMillis());
            statement.setString(2, node);
            return statement.executeUpdate() > 0;
        }
    }

    /** Ends a lease now, and tells whether there was one. */
    static boolean release(Connection connection, String node) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, LEAVE)) {
            statement.setString(1, node);
            return statement.executeUpdate() > 0;
        }
    }

    static boolean isLive(Connection connection, String node) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, IS_LIVE)) {
            statement.setString(1, node);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Ends the leases of all nodes now, and answers how many there were. */
    static int endAll(Connection connection) throws SQLException {
        return run(connection, END_ALL);
    }

    private static int run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, sql)) {
            return statement.executeUpdate();
        }
    }
}
