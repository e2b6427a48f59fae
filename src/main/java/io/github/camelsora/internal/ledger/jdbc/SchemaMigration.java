package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and updates the tables of a ledger by numbered scripts. Scripts only add tables and columns, so this version also
 * works with a newer schema, and JVMs of two versions can share a ledger during an upgrade.
 */
final class SchemaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
    private static final String FOLDER = "io/github/camelsora/ledger/";
    private static final int NEWEST = 1;
    private final List<String> scripts;

    /** A schema of scripts, the first of which creates version 1; each records its own version. */
    SchemaMigration(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /** The schema of this version of the component. */
    static SchemaMigration ofThisVersion() {
        return new SchemaMigration(IntStream.rangeClosed(1, NEWEST)
                .mapToObj(SchemaMigration::pathOf)
                .map(SchemaMigration::load)
                .toList());
    }

    private static String pathOf(int version) {
        return FOLDER + version + ".sql";
    }

    private static String load(String path) {
        try (InputStream script = SchemaMigration.class.getClassLoader().getResourceAsStream(path)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates or updates the tables where that is needed.
     *
     * @param jdbc the database
     * @param mayCreate whether to create and change tables; otherwise they are only checked
     * @throws IllegalStateException if they do not exist, or are too old, and must not be created
     * @throws IllegalArgumentException if a ledger cannot be stored in this database
     */
    void prepare(JdbcExecutor jdbc, boolean mayCreate) {
        DatabaseDialect dialect = jdbc.execute("identify the database", DatabaseDialect::of);
        int found = version(jdbc, dialect);
        if (found >= scripts.size()) {
            return;
        }
        if (!mayCreate) {
            throw missing(found);
        }
        try {
            jdbc.inTransaction(
                    "create its tables",
                    connection -> dialect.withSchemaLock(connection, locked -> {
                        // Another JVM may have run all scripts while this one waited for the lock.
                        runScriptsAfter(version(locked, dialect), locked);
                        return null;
                    }));
            if (found == 0) {
                LOG.info("The ledger's tables were created; it holds no key yet");
            }
        } catch (LedgerAccessException e) {
            // On an H2 server another JVM may have run the same scripts at the same time.
            if (version(jdbc, dialect) < scripts.size()) {
                throw e;
            }
        }
    }

    private void runScriptsAfter(int found, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String script : scripts.subList(Math.min(found, scripts.size()), scripts.size())) {
                statement.execute(script);
            }
        }
    }

    private IllegalStateException missing(int found) {
        String paths = IntStream.rangeClosed(found + 1, scripts.size())
                .mapToObj(SchemaMigration::pathOf)
                .collect(Collectors.joining(", then "));
        String state = found == 0
                ? "do not exist"
                : "are of version " + found + ", and version " + scripts.size() + " is needed";
        return new IllegalStateException(
                "The ledger's tables (sora_task, sora_node, sora_forgotten, sora_account, sora_book, sora_pause, sora_event,"
                        + " sora_action, sora_schema) " + state
                        + ". Run " + paths
                        + " from the jar of camel-sora, or let the component create the tables (createTable).");
    }

    private static int version(JdbcExecutor jdbc, DatabaseDialect dialect) {
        return jdbc.execute("read the version of its tables", connection -> version(connection, dialect));
    }

    private static int version(Connection connection, DatabaseDialect dialect) throws SQLException {
        if (!dialect.hasLedger(connection)) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM sora_schema")) {
            row.next();
            return row.getInt(1);
        }
    }
}
