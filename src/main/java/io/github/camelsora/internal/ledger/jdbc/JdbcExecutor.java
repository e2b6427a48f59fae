package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Connections to the ledger's database, each held for one piece of work and closed in any case. What a piece of work has
 * written is committed when it returns, whatever the connection's own mode.
 */
final class JdbcExecutor {
    private static final int MOST_TRIES = 10;
    private static final int MOST_SECONDS = 10;

    private final DataSource dataSource;

    JdbcExecutor(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is done with a connection. It may be done again from the start. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Works with each statement committed by itself. */
    <T> T execute(String what, Work<T> work) {
        return uninterrupted(what, connection -> withAutoCommit(connection, true, work));
    }

    /** Works in one transaction, which is rolled back if the work throws. */
    <T> T inTransaction(String what, Work<T> work) {
        return uninterrupted(
                what,
                connection -> withAutoCommit(connection, false, inside -> {
                    try {
                        T result = work.with(inside);
                        inside.commit();
                        return result;
                    } catch (SQLException | RuntimeException | Error e) {
                        // Errors, too: a connection that goes back to its own mode commits what it has done so far.
                        rollBack(inside, e);
                        throw e;
                    }
                }));
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    // Pools refuse a connection to a thread that is interrupted. What was paid for has to be written all the same.
    private <T> T uninterrupted(String what, Work<T> work) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            return tryUntilDone(what, work);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T tryUntilDone(String what, Work<T> work) {
        for (int tries = 1; ; tries++) {
            try (Connection connection = dataSource.getConnection()) {
                return work.with(connection);
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !isRolledBack(e)) {
                    throw new LedgerAccessException(what, e);
                }
            }
        }
    }

    // Class 40, a deadlock or a conflict of transactions: the database says that nothing of it was done. H2 has a
    // number.
    private static boolean isRolledBack(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") || state.equals("90131"));
    }

    /** A statement that does not wait for ever: who waits for it may hold up others. */
    static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(MOST_SECONDS);
        return statement;
    }

    /** Tells whether a line was not written because its key is taken. */
    static boolean isDuplicateKey(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    private static <T> T withAutoCommit(Connection connection, boolean wanted, Work<T> work) throws SQLException {
        boolean found = connection.getAutoCommit();
        if (found == wanted) {
            return work.with(connection);
        }
        connection.setAutoCommit(wanted);
        try {
            return work.with(connection);
        } finally {
            connection.setAutoCommit(found);
        }
    }
}
