package io.github.camelsora.internal.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The table {@code sora_node}: leases by the clock of the database. */
final class LeaseTable {
    // H2 and PostgreSQL both multiply an interval.
    private static final String LEASE_END = "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

    static final String RENEW =
            "UPDATE sora_node SET lease_until = " + LEASE_END + " WHERE node = ? AND lease_until > CURRENT_TIMESTAMP";
    static final String RESTART = "UPDATE sora_node SET lease_until = " + LEASE_END + " WHERE node = ?";
    static final String START = "INSERT INTO sora_node (lease_until, node) VALUES (" + LEASE_END + ", ?)";
    static final String RELEASE = "DELETE FROM sora_node WHERE node = ?";
    static final String IS_LIVE = "SELECT node FROM sora_node WHERE node = ? AND lease_until > CURRENT_TIMESTAMP";
    // After a day, so that an operator can see the next morning when a node last renewed its lease.
    static final String REMOVE_EXPIRED =
            "DELETE FROM sora_node WHERE lease_until < CURRENT_TIMESTAMP - INTERVAL '1' DAY";
    static final String RELEASE_ALL = "DELETE FROM sora_node";

    private LeaseTable() {}

    /** Starts or renews a lease; true when it was still live. */
    static boolean renew(Connection connection, String node, Duration lease) throws SQLException {
        if (JdbcExecutor.update(connection, RENEW, lease.toMillis(), node) > 0) {
            return true;
        }
        // A node that starts removes the rows of dead ones, which would pile up otherwise.
        JdbcExecutor.update(connection, REMOVE_EXPIRED);
        while (JdbcExecutor.update(connection, RESTART, lease.toMillis(), node) == 0
                && !JdbcExecutor.insert(connection, START, lease.toMillis(), node)) {
            // Another node removed the row, or a node with the same name added one, in between.
        }
        return false;
    }

    /** Ends a lease now, and returns how many there were. */
    static int release(Connection connection, String node) throws SQLException {
        return JdbcExecutor.update(connection, RELEASE, node);
    }

    static boolean isLive(Connection connection, String node) throws SQLException {
        return JdbcExecutor.exists(connection, IS_LIVE, node);
    }

    /** Ends the leases of all nodes now, and returns how many there were. */
    static int releaseAll(Connection connection) throws SQLException {
        return JdbcExecutor.update(connection, RELEASE_ALL);
    }
}
