package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Runs work on connections to the ledger's database, one connection for each piece of work. What it has written is committed
 * when its method returns, whatever the connection's own mode. Thread-safe.
 */
final class JdbcExecutor {
    private static final int MOST_ATTEMPTS = 10;
    static final int QUERY_TIMEOUT_SECONDS = 10;
    // By its name, because Spring may be absent.
    private static final String JOINS_TRANSACTIONS =
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy";

    private final DataSource dataSource;

    JdbcExecutor(DataSource dataSource) {
        if (joinsTransactions(dataSource)) {
            throw new IllegalArgumentException(
                    "The dataSource is, or wraps, Spring's TransactionAwareDataSourceProxy, which gives the"
                            + " ledger the connection of a route's transaction: the ledger would commit that transaction, or lose"
                            + " the record of a payment in its rollback. Set the DataSource behind the proxy.");
        }
        this.dataSource = dataSource;
    }

    private static boolean joinsTransactions(DataSource dataSource) {
        return Stream.<Class<?>>iterate(dataSource.getClass(), Objects::nonNull, Class::getSuperclass)
                        .anyMatch(type -> type.getName().equals(JOINS_TRANSACTIONS))
                || wraps(dataSource, dataSource.getClass().getClassLoader())
                || wraps(dataSource, Thread.currentThread().getContextClassLoader());
    }

    /** Whether the proxy is behind the data source, say behind one that counts connections. */
    private static boolean wraps(DataSource dataSource, ClassLoader loader) {
        try {
            return dataSource.isWrapperFor(Class.forName(JOINS_TRANSACTIONS, false, loader));
        } catch (ClassNotFoundException | SQLException | RuntimeException | LinkageError e) {
            // Spring is absent, or the data source does not tell.
            return false;
        }
    }

    /** Work on a connection. It may run again from the start. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs work of which each statement is committed by itself. */
    <T> T execute(String what, Work<T> work) {
        return uninterrupted(what, connection -> withAutoCommit(connection, true, work));
    }

    /** Runs work in one transaction, which is rolled back if the work throws. */
    <T> T inTransaction(String what, Work<T> work) {
        return uninterrupted(
                what,
                connection -> withAutoCommit(connection, false, inside -> {
                    try {
                        T result = work.with(inside);
                        inside.commit();
                        return result;
                    } catch (SQLException | RuntimeException | Error e) {
                        // Also after errors: returning to auto-commit would commit what was done so far.
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

    // A pool gives no connection to an interrupted thread, but what was paid for has to be written.
    private <T> T uninterrupted(String what, Work<T> work) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            return runWithRetries(what, work);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T runWithRetries(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                return work.with(connection);
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS || !isRolledBack(e)) {
                    throw new LedgerAccessException(what, e);
                }
            }
        }
    }

    // Class 40 is a deadlock or a conflict of transactions, after which nothing was written; H2 has a number for it.
    // 40003 says the opposite of its class: the statement may have been committed.
    private static boolean isRolledBack(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") && !state.equals("40003") || state.equals("90131"));
    }

    /** A statement with a timeout: threads that others wait for run it. */
    static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            bind(statement, parameters);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Instant time) {
                TaskRowMapper.bind(statement, i + 1, time);
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
    }

    /** Runs a statement, and returns how many rows it has changed. */
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Adds a row; false when its key has one. */
    static boolean insert(Connection connection, String sql, Object... parameters) throws SQLException {
        try {
            return update(connection, sql, parameters) > 0;
        } catch (SQLException e) {
            if (isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Tells whether a query finds a row. */
    static boolean exists(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    /**
     * Makes the work run again from the start, because the transaction cannot see a row that another one has added: its
     * isolation reads from a snapshot.
     */
    static SQLException again(String what) {
        return new SQLException("Another transaction has written " + what, "40001");
    }

    /** Tells whether a statement was ended because it took too long. */
    static boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException || "57014".equals(e.getSQLState());
    }

    /** Tells whether a row was not added because its key has one. */
    static boolean isDuplicateKey(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    private static <T> T withAutoCommit(Connection connection, boolean wanted, Work<T> work) throws SQLException {
        boolean found = connection.getAutoCommit();
        if (found == wanted) {
            return work.with(connection);
        }
        connection.setAutoCommit(wanted);
        // On a broken connection this fails, too, and unlike finally does not replace the reason.
        try (Reset before = () -> connection.setAutoCommit(found)) {
            return work.with(connection);
        }
    }

    private interface Reset extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }
}
