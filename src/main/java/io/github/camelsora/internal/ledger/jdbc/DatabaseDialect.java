package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.jdbc.JdbcExecutor.Work;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases that a ledger can be kept in, and what they do not have in common. */
enum DatabaseDialect {
    /** Embedded in this JVM, or a server of its own. */
    H2("SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = CURRENT_SCHEMA AND LOWER(table_name) = 'sora_schema'") {
        // It has no lock that outlasts the commits which it makes on its own. JVMs that share a server and begin at
        // once
        // may run a script twice, which does no harm.
        @Override
        synchronized <T> T withSchemaLock(Connection connection, Work<T> work) throws SQLException {
            return work.with(connection);
        }
    },

    /** PostgreSQL, and what says that it is. */
    POSTGRESQL("SELECT COUNT(to_regclass('sora_schema'))") {
        @Override
        <T> T withSchemaLock(Connection connection, Work<T> work) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + TURN + ")");
            }
            return work.with(connection);
        }
    };

    // Any number that no other program is likely to have thought of.
    private static final long TURN = 7_672_726_973L;
    private static final int OLDEST_H2 = 2;

    private final String countOfTables;

    DatabaseDialect(String countOfTables) {
        this.countOfTables = countOfTables;
    }

    /** Does in a transaction what no two JVMs should do at once. */
    abstract <T> T withSchemaLock(Connection connection, Work<T> work) throws SQLException;

    /** Tells whether a ledger was ever created here. Asks in a way that does not spoil a transaction when there is none. */
    boolean hasLedger(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(countOfTables)) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /**
     * The product behind a connection.
     *
     * @throws IllegalArgumentException if a ledger cannot be kept in it
     */
    static DatabaseDialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return switch (database.getDatabaseProductName()) {
            case "H2" -> h2(database);
            case "PostgreSQL" -> postgresql(connection);
            default -> throw refusal(database.getDatabaseProductName());
        };
    }

    private static DatabaseDialect h2(DatabaseMetaData database) throws SQLException {
        if (database.getDatabaseMajorVersion() < OLDEST_H2) {
            throw refusal("H2 " + database.getDatabaseProductVersion());
        }
        return H2;
    }

    private static DatabaseDialect postgresql(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            if (!"UTF8".equals(row.getString(1))) {
                throw new IllegalArgumentException("The ledger's database is encoded in " + row.getString(1)
                        + ", which cannot hold every result, and one that cannot be written would be lost. Give the "
                        + "ledger a database that is encoded in UTF8.");
            }
            return POSTGRESQL;
        }
    }

    private static IllegalArgumentException refusal(String product) {
        return new IllegalArgumentException(
                "The ledger can be kept in H2 2.x and in PostgreSQL, not in " + product
                        + ". For another database implement io.github.camelsora.api.TaskLedger and give that to the component.");
    }
}
