package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.jdbc.JdbcExecutor.Work;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases that a ledger can be stored in, and what differs between them. */
enum DatabaseDialect {
    /** H2, embedded or as a server. */
    H2(
            "SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE table_schema = CURRENT_SCHEMA AND LOWER(table_name) = 'sora_schema'",
            "") {
        // DDL commits, and H2 has no lock that outlasts a commit. JVMs that share a server and start at once may run a
        // script twice, which is harmless.
        @Override
        synchronized <T> T withSchemaLock(Connection connection, Work<T> work) throws SQLException {
            return work.with(connection);
        }
    },

    /** PostgreSQL, and databases that report its name. A statement that fails would end the transaction. */
    POSTGRESQL("SELECT COUNT(to_regclass('sora_schema'))", " ON CONFLICT DO NOTHING") {
        @Override
        <T> T withSchemaLock(Connection connection, Work<T> work) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK_ID + ")");
            }
            return work.with(connection);
        }

        @Override
        boolean writesEntryAlong() {
            return true;
        }

        @Override
        void limitIdleTime(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL idle_in_transaction_session_timeout = " + LONGEST_IDLE_MILLIS);
            }
        }
    };

    // A JVM that is frozen may hold locks for that long, and other nodes wait for them.
    private static final int LONGEST_IDLE_MILLIS = 5_000;

    // An arbitrary number that no other program is likely to use.
    private static final long LOCK_ID = 7_672_726_973L;
    private static final int OLDEST_H2 = 2;

    private final String countTables;
    private final String ifAbsent;

    DatabaseDialect(String countTables, String ifAbsent) {
        this.countTables = countTables;
        this.ifAbsent = ifAbsent;
    }

    /** An INSERT whose row may stand already: then it adds none, or fails for the duplicate key and leaves the transaction alone. */
    String ifAbsent(String insert) {
        return insert + ifAbsent;
    }

    /** Adds a row, unless one with its key stands. Waits for a transaction that is about to add it. */
    void insertIfAbsent(Connection connection, String insert, Object... parameters) throws SQLException {
        JdbcExecutor.insert(connection, ifAbsent(insert), parameters);
    }

    /**
     * Tells whether a line of the history is written by the statement that writes its record: then no transaction is open while
     * this JVM may be frozen, and other nodes would wait for its locks.
     */
    boolean writesEntryAlong() {
        return false;
    }

    /** Has the database roll back the transaction if this JVM leaves it idle, say because it is frozen, so that its locks end. */
    void limitIdleTime(Connection connection) throws SQLException {}

    /** Runs work that no two JVMs should do at once, within the transaction. */
    abstract <T> T withSchemaLock(Connection connection, Work<T> work) throws SQLException;

    /** Tells whether the tables of a ledger exist, by a query that does not abort the transaction when they do not. */
    boolean hasLedger(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(countTables)) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /**
     * The dialect of a connection.
     *
     * @throws IllegalArgumentException if a ledger cannot be stored in that database
     */
    static DatabaseDialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return switch (database.getDatabaseProductName()) {
            case "H2" -> h2(database);
            case "PostgreSQL" -> postgresql(connection);
            default -> throw unsupported(database.getDatabaseProductName());
        };
    }

    private static DatabaseDialect h2(DatabaseMetaData database) throws SQLException {
        if (database.getDatabaseMajorVersion() < OLDEST_H2) {
            throw unsupported("H2 " + database.getDatabaseProductVersion());
        }
        return H2;
    }

    private static DatabaseDialect postgresql(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            if (!"UTF8".equals(row.getString(1))) {
                throw new IllegalArgumentException("The ledger's database has the encoding " + row.getString(1)
                        + ", which cannot store every result, and a result that cannot be written would be lost. Use a "
                        + "database with the encoding UTF8.");
            }
            return POSTGRESQL;
        }
    }

    private static IllegalArgumentException unsupported(String product) {
        return new IllegalArgumentException(
                "The ledger can be stored in H2 2.x and in PostgreSQL, not in " + product
                        + ". For another database implement io.github.camelsora.api.TaskLedger and set it on the component (ledger).");
    }
}
