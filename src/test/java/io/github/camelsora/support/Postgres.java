package io.github.camelsora.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A real PostgreSQL for tests: one server for each JVM, started at its first use and stopped with the JVM. */
public final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final int MOST_CONNECTIONS = 16;

    private Postgres() {}

    /** Holds the server, so that it starts only at its first use. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Creates a database.
     *
     * @return a pool of connections to it
     */
    public static DataSource freshDatabase() {
        return freshDatabase("");
    }

    /**
     * Returns the URL by which another JVM connects to a database.
     *
     * @param database from {@link #freshDatabase}
     * @return its JDBC URL, with the user
     */
    public static String urlOf(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL() + "?user=postgres";
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL gave no connection", e);
        }
    }

    /**
     * Creates a database with options.
     *
     * @param options as {@code CREATE DATABASE} knows them
     * @return a pool of connections to it
     */
    public static DataSource freshDatabase(String options) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " " + options);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not create a database", e);
        }
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {Server.POSTGRES.getPort()});
        source.setDatabaseName(name);
        source.setUser("postgres");
        // H2's pool works with the connections of any driver.
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(MOST_CONNECTIONS);
        return pool;
    }
}
