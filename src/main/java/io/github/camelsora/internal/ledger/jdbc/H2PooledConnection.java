package io.github.camelsora.internal.ledger.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.message.DbException;

/**
 * A connection for H2's pool that rolls back a transaction only if one is open. H2's own rolls back whenever it is borrowed and
 * returned, and with {@code WRITE_DELAY=0} each rollback writes to the file what other connections have not committed yet. One
 * thread uses it at a time.
 */
final class H2PooledConnection implements PooledConnection {
    private final JdbcDataSource source;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private JdbcConnection physical;

    H2PooledConnection(JdbcDataSource source) throws SQLException {
        this.source = source;
        this.physical = open();
    }

    private JdbcConnection open() throws SQLException {
        return source.getConnection().unwrap(JdbcConnection.class);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (physical.isClosed()) {
            // H2 closes the connections of a database that has failed.
            physical = open();
        }
        return new Borrowed(physical);
    }

    /** What a borrower closes is not the connection. */
    private final class Borrowed extends JdbcConnection {
        private boolean isReturned;

        Borrowed(JdbcConnection connection) {
            super(connection);
        }

        @Override
        public void close() throws SQLException {
            if (isReturned) {
                return;
            }
            try {
                endTransaction();
            } finally {
                isReturned = true;
                ConnectionEvent event = new ConnectionEvent(H2PooledConnection.this);
                listeners.forEach(listener -> listener.connectionClosed(event));
            }
        }

        private void endTransaction() throws SQLException {
            boolean hasEnded = false;
            try {
                if (!getAutoCommit()) {
                    rollback();
                    setAutoCommit(true);
                }
                hasEnded = true;
            } catch (SQLException e) {
                // The connection is closed below.
            } finally {
                if (!hasEnded) {
                    // It is not used again: the next borrower must not find an open transaction.
                    physical.close();
                }
            }
        }

        @Override
        public boolean isClosed() throws SQLException {
            return isReturned || super.isClosed();
        }

        @Override
        protected void checkClosed() {
            if (isReturned) {
                throw DbException.get(ErrorCode.OBJECT_CLOSED);
            }
            super.checkClosed();
        }
    }

    @Override
    public void close() throws SQLException {
        physical.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        // The pool adds none.
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        // The pool adds none.
    }

    /**
     * Makes them for a pool.
     *
     * @param database opens connections
     */
    record Source(JdbcDataSource database) implements ConnectionPoolDataSource {
        @Override
        public PooledConnection getPooledConnection() throws SQLException {
            return new H2PooledConnection(database);
        }

        @Override
        public PooledConnection getPooledConnection(String user, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return database.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter writer) throws SQLException {
            database.setLogWriter(writer);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return database.getLoginTimeout();
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            database.setLoginTimeout(seconds);
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            return database.getParentLogger();
        }
    }
}
