package io.github.camelsora.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL that writes through to the disk, as it comes. */
public final class PostgresServer implements AutoCloseable {
    /** Who may do everything in it. */
    public static final String USER = "postgres";

    /** Not looked at by this server, which trusts its own machine. */
    public static final String PASSWORD = "postgres";

    private final EmbeddedPostgres server;
    private int databases;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @return the server
     * @throws IOException if it does not start
     */
    public static PostgresServer start() throws IOException {
        // The embedded one would not write through, to be faster in tests.
        return new PostgresServer(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start());
    }

    /**
     * Makes a database that nothing is in.
     *
     * @return its address, without a user
     * @throws SQLException if it cannot be made
     */
    public synchronized String freshDatabase() throws SQLException {
        String name = "database" + ++databases;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
