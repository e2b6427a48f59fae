package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections come from any pool, in any mode, and are returned in that mode. */
class JdbcExecutorTest {
    private static final String INSERT = "INSERT INTO line VALUES (1)";

    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private Connection pooled;
    private Connection other;
    private JdbcExecutor connections;

    @BeforeEach
    void openDatabase() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        pooled = DriverManager.getConnection(url, "sa", "");
        other = DriverManager.getConnection(url, "sa", "");
        run(other, "CREATE TABLE line (id INTEGER PRIMARY KEY)");
        connections = new JdbcExecutor(TrackedConnections.dataSource(none -> {
            lent.incrementAndGet();
            return TrackedConnections.connection(pooled, Map.of("close", arguments -> returned.incrementAndGet()));
        }));
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        run(other, "SHUTDOWN");
    }

    @Test
    void aConnectionIsClosed() {
        connections.execute("insert", connection -> run(connection, INSERT));

        assertThat(returned).hasValue(1);
    }

    @Test
    void aConnectionIsClosedAfterAFailure() {
        assertThatThrownBy(() -> connections.execute("fail", connection -> run(connection, "NONSENSE")))
                .isInstanceOf(LedgerAccessException.class);

        assertThat(returned).hasValue(1);
    }

    @Test
    void workWithoutAutoCommitIsCommitted() throws SQLException {
        pooled.setAutoCommit(false);

        connections.execute("insert", connection -> run(connection, INSERT));

        assertThat(lines()).isEqualTo(1);
    }

    @Test
    void aConnectionWithoutAutoCommitGoesBackWithout() throws SQLException {
        pooled.setAutoCommit(false);

        connections.execute("insert", connection -> run(connection, INSERT));

        assertThat(pooled.getAutoCommit()).isFalse();
    }

    @Test
    void aConnectionWithoutAutoCommitGoesBackWithoutAfterAFailure() throws SQLException {
        pooled.setAutoCommit(false);

        assertThatThrownBy(() -> connections.execute("fail", connection -> run(connection, "NONSENSE")))
                .isInstanceOf(LedgerAccessException.class);

        assertThat(pooled.getAutoCommit()).isFalse();
    }

    @Test
    void aTransactionIsCommitted() throws SQLException {
        connections.inTransaction("insert", connection -> run(connection, INSERT));

        assertThat(lines()).isEqualTo(1);
        assertThat(pooled.getAutoCommit()).isTrue();
    }

    @Test
    void aTransactionThatFailsIsRolledBack() throws SQLException {
        assertThatThrownBy(() -> connections.inTransaction("insert", connection -> {
                    run(connection, INSERT);
                    return run(connection, "NONSENSE");
                }))
                .isInstanceOf(LedgerAccessException.class);

        assertThat(lines()).isZero();
        assertThat(pooled.getAutoCommit()).isTrue();
    }

    @Test
    void aTransactionThatEndsWithAnErrorIsRolledBack() throws SQLException {
        assertThatThrownBy(() -> connections.inTransaction("insert", connection -> {
                    run(connection, INSERT);
                    throw new IllegalStateException("thrown by a test");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(lines()).isZero();
    }

    @Test
    void workThatTheDatabaseRolledBackIsRetried() throws SQLException {
        connections.execute("insert", connection -> {
            if (lent.get() < 3) {
                throw new SQLException("could not serialize access", "40001");
            }
            return run(connection, INSERT);
        });

        assertThat(lines()).isEqualTo(1);
        assertThat(returned).hasValue(3);
    }

    @Test
    void workThatIsAlwaysRolledBackFailsWithTheReason() {
        assertThatThrownBy(() -> connections.execute("insert", connection -> {
                    throw new SQLException("deadlock detected", "40P01");
                }))
                .isInstanceOf(LedgerAccessException.class)
                .hasMessageContaining("deadlock detected");
    }

    // H2 names some failures only by its number: 40001 is a deadlock of its tables, 90131 a row that was changed
    // meanwhile.
    @ParameterizedTest
    @ValueSource(strings = {"40000", "40001", "40P01", "90131"})
    void workThatWasRolledBackIsRetriedTenTimesAtMost(String state) {
        assertThatThrownBy(() -> connections.execute("insert", connection -> {
                    throw new SQLException("rolled back", state);
                }))
                .isInstanceOf(LedgerAccessException.class);

        assertThat(lent).hasValue(10);
    }

    // It may have been committed or not, so the caller has to read the record again. PostgreSQL's driver reports 08006
    // for a
    // connection that broke, its server 57P01 when it is shut down, H2 90067; a database that is distributed, and
    // speaks
    // PostgreSQL's protocol, 40003 when it lost sight of a commit.
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08006", "08007", "40003", "57P01", "90067"})
    void workThatMayHaveBeenDoneIsNotRetried(String state) {
        assertThatThrownBy(() -> connections.execute("insert", connection -> {
                    throw new SQLException("connection lost", state);
                }))
                .isInstanceOf(LedgerAccessException.class);

        assertThat(lent).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08007", "40003"})
    void aCommitThatWasDoneAndReportedAsUnknownIsNotRepeated(String state) throws SQLException {
        JdbcExecutor breaking = withCommit(arguments -> {
            pooled.commit();
            throw new SQLException("lost sight of the commit", state);
        });

        assertThatThrownBy(() -> breaking.inTransaction("insert", connection -> run(connection, INSERT)))
                .isInstanceOf(LedgerAccessException.class)
                .hasMessageContaining("lost sight of the commit");
        assertThat(lent).hasValue(1);
        assertThat(lines()).isEqualTo(1);
    }

    @Test
    void aCommitThatWasRolledBackIsRepeatedWithItsWork() throws SQLException {
        JdbcExecutor conflicting = withCommit(arguments -> {
            if (lent.get() == 1) {
                pooled.rollback();
                throw new SQLException("could not serialize access", "40001");
            }
            pooled.commit();
            return null;
        });

        conflicting.inTransaction("insert", connection -> run(connection, INSERT));

        assertThat(lent).hasValue(2);
        assertThat(lines()).isEqualTo(1);
    }

    // Each later call fails as well, and says only that the connection is closed.
    @Test
    void aConnectionThatBreaksDuringACommitFailsWithTheFirstReason() {
        JdbcExecutor breaking = withCommit(arguments -> {
            pooled.close();
            throw new SQLException("connection reset", "08006");
        });

        assertThatThrownBy(() -> breaking.inTransaction("insert", connection -> run(connection, INSERT)))
                .hasMessageContaining("connection reset")
                .satisfies(e -> assertThat(e.getCause().getSuppressed()).hasSize(2));
    }

    private JdbcExecutor withCommit(TrackedConnections.Answer commit) {
        return new JdbcExecutor(TrackedConnections.dataSource(none -> {
            lent.incrementAndGet();
            return TrackedConnections.connection(pooled, Map.of("commit", commit, "close", arguments -> null));
        }));
    }

    // Many pools give no connection to an interrupted thread, but what was paid for has to be written.
    @Test
    void anInterruptedThreadIsNotInterruptedBeforeThePool() throws SQLException {
        JdbcExecutor touchy = new JdbcExecutor(TrackedConnections.dataSource(none -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new SQLException("Interrupted during connection acquisition");
            }
            return TrackedConnections.connection(pooled, Map.of("close", arguments -> null));
        }));
        Thread.currentThread().interrupt();

        touchy.execute("insert", connection -> run(connection, INSERT));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines()).isEqualTo(1);
    }

    @Test
    void onlyAKeyThatIsThereAlreadyIsADuplicate() throws SQLException {
        run(other, INSERT);

        assertThatThrownBy(() -> run(pooled, INSERT))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(JdbcExecutor.isDuplicateKey(e))
                        .isTrue());
        assertThatThrownBy(() -> run(pooled, "INSERT INTO line VALUES (NULL)"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(JdbcExecutor.isDuplicateKey(e))
                        .isFalse());
    }

    @Test
    void aStatementWhoseParametersCannotBeBoundIsClosed() throws SQLException {
        AtomicInteger closed = new AtomicInteger();
        PreparedStatement real = pooled.prepareStatement(INSERT);
        Connection connection = TrackedConnections.connection(
                pooled,
                Map.of(
                        "prepareStatement",
                        arguments ->
                                TrackedConnections.statement(real, Map.of("close", none -> closed.incrementAndGet()))));

        assertThatThrownBy(() -> JdbcExecutor.prepare(connection, INSERT, "one too many"))
                .isInstanceOf(SQLException.class);

        assertThat(closed).hasValue(1);
    }

    @Test
    void aStatementGivesUpAfterTenSeconds() throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(pooled, INSERT)) {
            assertThat(statement.getQueryTimeout()).isEqualTo(10);
        }
    }

    @Test
    void aFailureNamesTheWork() {
        assertThatThrownBy(() -> connections.execute("find key-1", connection -> {
                    throw new SQLException("connection lost", "08006");
                }))
                .hasMessageContaining("find key-1")
                .hasMessageContaining("connection lost")
                .hasMessageContaining("08006");
    }

    @Test
    void aFailureNeverContainsThePasswordOfAnAddress() {
        JdbcExecutor rejected = new JdbcExecutor(TrackedConnections.dataSource(none -> {
            throw new SQLException("No driver for jdbc:postgresql://db/sora?user=me&password=secret, sorry", "08001");
        }));

        assertThatThrownBy(() -> rejected.execute("find key-1", connection -> run(connection, INSERT)))
                .hasMessageContaining("No driver for jdbc:... ")
                .hasMessageNotContaining("secret");
    }

    private static boolean run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private int lines() throws SQLException {
        try (Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM line")) {
            row.next();
            return row.getInt(1);
        }
    }
}
