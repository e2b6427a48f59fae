package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of the pool to a ledger's file are clean and usable when they are borrowed, and cost nothing to return. */
class H2PooledConnectionTest {
    private static final String WRITES =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'info.FILE_WRITE'";

    @TempDir
    Path folder;

    private H2LedgerFile file;
    private DataSource pool;

    @BeforeEach
    void open() throws Exception {
        file = H2LedgerFile.open(folder.resolve("sora"), true);
        pool = file.dataSource();
        execute("CREATE TABLE sample (id INTEGER)");
    }

    @AfterEach
    void close() {
        file.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return number(connection, "SELECT COUNT(*) FROM sample");
        }
    }

    @Test
    void returningAConnectionDoesNotWriteWhatAnotherHasNotCommitted() throws Exception {
        try (Connection writer = pool.getConnection();
                Statement insert = writer.createStatement()) {
            writer.setAutoCommit(false);
            insert.execute("INSERT INTO sample VALUES (1)");
            long before = number(writer, WRITES);

            for (int i = 0; i < 100; i++) {
                pool.getConnection().close();
            }

            assertThat(number(writer, WRITES)).isEqualTo(before);
        }
    }

    @Test
    void aTransactionThatIsLeftOpenIsRolledBack() throws Exception {
        try (Connection connection = pool.getConnection();
                Statement insert = connection.createStatement()) {
            connection.setAutoCommit(false);
            insert.execute("INSERT INTO sample VALUES (1)");
        }

        assertThat(rows()).isZero();
        try (Connection next = pool.getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
        }
    }

    @Test
    void aReturnedConnectionIsOfNoUseToItsBorrower() throws Exception {
        Connection connection = pool.getConnection();
        connection.close();

        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
        assertThat(rows()).isZero();
    }

    @Test
    void connectionsThatH2HasClosedAreReplaced() throws Exception {
        execute("INSERT INTO sample VALUES (1)");

        execute("SHUTDOWN");

        assertThat(rows()).isOne();
    }

    @Test
    void connectionsToADatabaseThatHasFailedAreReplaced() throws Exception {
        execute("INSERT INTO sample VALUES (1)");

        execute("SHUTDOWN IMMEDIATELY");

        assertThat(rows()).isOne();
    }
}
