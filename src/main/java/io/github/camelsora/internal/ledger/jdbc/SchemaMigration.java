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
 * The tables of a ledger, by numbered scripts of which each adds to those before. Since they only ever add, a version newer
 * than ours serves us as well, and JVMs of two versions can share a ledger while one replaces the other.
 */
final class SchemaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
    private static final String FOLDER = "io/github/camelsora/ledger/";
    private static final int NEWEST = 1;
    private final List<String> scripts;

    /** The schema that results from scripts, the first of which leads to version 1; each enters its own version. */
    SchemaMigration(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /** The schema that this version of the component works with. */
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
     * Sees to it that the tables are there.
     *
     * @param connections to the database
     * @param mayCreate whether to create and change them; else they are looked at
     * @throws IllegalStateException if they are not there, or too old, and must not be created
     * @throws IllegalArgumentException if a ledger cannot be kept in this database
     */
    void prepare(JdbcExecutor connections, boolean mayCreate) {
        DatabaseDialect product = connections.execute("find out what database it is", DatabaseDialect::of);
        int found = version(connections, product);
        if (found >= scripts.size()) {
            return;
        }
        if (!mayCreate) {
            throw missing(found);
        }
        try {
            connections.inTransaction(
                    "create its tables",
                    connection -> product.withSchemaLock(connection, inTurn -> {
                        // Whoever had the turn before us may have done it all.
                        runAllBeyond(version(inTurn, product), inTurn);
                        return null;
                    }));
            if (found == 0) {
                LOG.info("The ledger's tables were created: no key is known");
            }
        } catch (LedgerAccessException e) {
            // On an H2 server another JVM may have been at it, and done it.
            if (version(connections, product) < scripts.size()) {
                throw e;
            }
        }
    }

    private void runAllBeyond(int found, Connection connection) throws SQLException {
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
        String state =
                found == 0 ? "are not there" : "are of version " + found + ", and " + scripts.size() + " is needed";
        return new IllegalStateException("The ledger's tables (sora_task, sora_node, sora_schema) " + state + ". Run "
                + paths + " from the jar of camel-sora, or let the component create the tables.");
    }

    private static int version(JdbcExecutor connections, DatabaseDialect product) {
        return connections.execute("read the version of its tables", connection -> version(connection, product));
    }

    private static int version(Connection connection, DatabaseDialect product) throws SQLException {
        if (!product.hasLedger(connection)) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM sora_schema")) {
            row.next();
            return row.getInt(1);
        }
    }
}
