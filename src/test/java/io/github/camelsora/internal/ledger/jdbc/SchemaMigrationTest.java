package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.github.camelsora.internal.cluster.Contenders;
import io.github.camelsora.internal.ledger.LedgerAccessException;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.support.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the ledger come to be, grow, and are left alone where the component must not create them. */
class SchemaMigrationTest {
    private static final String SCRIPT = "io/github/camelsora/ledger/1.sql";
    private static final String NEXT_SCRIPT = """
            ALTER TABLE sora_task ADD COLUMN cost INTEGER DEFAULT 7;
            INSERT INTO sora_schema (version, applied_at) VALUES (2, CURRENT_TIMESTAMP);
            """;

    enum Product {
        H2,
        POSTGRESQL;

        DataSource emptyDatabase() {
            return this == H2
                    ? JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "")
                    : Postgres.freshDatabase();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTablesAreCreatedOnce(Product product) {
        DataSource database = product.emptyDatabase();
        JdbcTaskLedger.on(database, true).add(LedgerRecords.intent("default", "key-1"));

        JdbcTaskLedger again = JdbcTaskLedger.on(database, true);

        assertThat(again.find("default", "key-1")).isPresent();
        assertThat(versions(database)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void manyJvmsMayStartAtOnce(Product product) throws Exception {
        DataSource database = product.emptyDatabase();

        List<JdbcTaskLedger> ledgers = Contenders.all(4, contender -> JdbcTaskLedger.on(database, true));

        assertThat(ledgers.get(0).add(LedgerRecords.intent("default", "key-1"))).isEmpty();
        assertThat(ledgers).allMatch(ledger -> ledger.find("default", "key-1").isPresent());
        assertThat(versions(database)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void whereTheTablesMustNotBeCreatedTheirAbsenceNamesTheScript(Product product) {
        DataSource database = product.emptyDatabase();

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcTaskLedger.on(database, false))
                .withMessageContaining("sora_task")
                .withMessageContaining(SCRIPT);
        assertThatThrownBy(() -> run(database, "SELECT 1 FROM sora_schema")).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @EnumSource
    void tablesMayBeCreatedByRunningTheScript(Product product) throws Exception {
        DataSource database = product.emptyDatabase();
        run(database, script());

        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, false);

        assertThat(ledger.add(LedgerRecords.intent("default", "key-1"))).isEmpty();
    }

    // As tools do that know no transaction around a script.
    @ParameterizedTest
    @EnumSource
    void theScriptRunsStatementByStatement(Product product) throws Exception {
        DataSource database = product.emptyDatabase();
        for (String statement : script().split(";\\s*\\n")) {
            run(database, statement);
        }

        assertThatCode(() -> JdbcTaskLedger.on(database, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void runningTheScriptAgainDoesNoHarm(Product product) throws Exception {
        DataSource database = product.emptyDatabase();
        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, true);
        ledger.add(LedgerRecords.intent("default", "key-1"));

        run(database, script());

        assertThat(ledger.find("default", "key-1")).isPresent();
        assertThat(versions(database)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void olderTablesAreBroughtUpToDate(Product product) throws Exception {
        DataSource database = product.emptyDatabase();
        JdbcTaskLedger.on(database, true).add(LedgerRecords.intent("default", "key-1"));

        nextSchema().prepare(new JdbcExecutor(database), true);

        assertThat(versions(database)).containsExactly(1, 2);
        assertThat(numbers(database, "SELECT cost FROM sora_task")).containsExactly(7);
    }

    @ParameterizedTest
    @EnumSource
    void emptyDatabasesGetAllScriptsInOrder(Product product) throws Exception {
        DataSource database = product.emptyDatabase();

        nextSchema().prepare(new JdbcExecutor(database), true);

        assertThat(versions(database)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource
    void whereTheTablesMustNotBeChangedOldOnesNameTheMissingScriptsOnly(Product product) {
        DataSource database = product.emptyDatabase();
        JdbcTaskLedger.on(database, true);

        assertThatIllegalStateException()
                .isThrownBy(() -> nextSchema().prepare(new JdbcExecutor(database), false))
                .withMessageContaining("version 1")
                .withMessageContaining("io/github/camelsora/ledger/2.sql")
                .withMessageNotContaining(SCRIPT);
    }

    // A JVM of the old version goes on while those of the new one come up.
    @ParameterizedTest
    @EnumSource
    void newerTablesServeAnOlderVersion(Product product) throws Exception {
        DataSource database = product.emptyDatabase();
        nextSchema().prepare(new JdbcExecutor(database), true);

        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, true);

        assertThat(ledger.add(LedgerRecords.intent("default", "key-1"))).isEmpty();
        assertThat(versions(database)).containsExactly(1, 2);
    }

    @Test
    void onPostgresTheCreationOfTablesWaitsForTheLock() throws Exception {
        DataSource database = Postgres.freshDatabase();
        CompletableFuture<JdbcTaskLedger> opening;
        try (Connection before = database.getConnection()) {
            before.setAutoCommit(false);
            DatabaseDialect.POSTGRESQL.withSchemaLock(before, connection -> null);

            opening = CompletableFuture.supplyAsync(() -> JdbcTaskLedger.on(database, true));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> numbers(database, "SELECT COUNT(*) FROM pg_locks WHERE NOT granted"), is(List.of(1)));
            assertThat(opening).isNotDone();
            before.rollback();
        }
        assertThat(opening.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void onPostgresAScriptThatFailsLeavesNothingBehind() throws Exception {
        DataSource database = Postgres.freshDatabase();
        SchemaMigration broken =
                new SchemaMigration(List.of(script(), "ALTER TABLE sora_nothing ADD COLUMN cost INTEGER"));

        assertThatThrownBy(() -> broken.prepare(new JdbcExecutor(database), true))
                .isInstanceOf(LedgerAccessException.class)
                .hasMessageContaining("sora_nothing");

        assertThatThrownBy(() -> run(database, "SELECT 1 FROM sora_schema")).isInstanceOf(SQLException.class);
    }

    @Test
    void aDatabaseThatCannotStoreEveryResultIsRejected() {
        DataSource latin = Postgres.freshDatabase("ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcTaskLedger.on(latin, true))
                .withMessageContaining("LATIN1")
                .withMessageContaining("UTF8");
    }

    @Test
    void anotherDatabaseIsRejectedWithAnAlternative() {
        DataSource other = reporting("getDatabaseProductName", "MariaDB");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcTaskLedger.on(other, true))
                .withMessageContaining("MariaDB")
                .withMessageContaining("H2")
                .withMessageContaining("PostgreSQL")
                .withMessageContaining("io.github.camelsora.api.TaskLedger");
    }

    @Test
    void anH2ThatIsTooOldIsRejected() {
        DataSource old = reporting("getDatabaseMajorVersion", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcTaskLedger.on(old, true))
                .withMessageContaining("H2 2.x");
    }

    /** An H2 that says something else of itself. */
    private static DataSource reporting(String method, Object answer) {
        DataSource real = Product.H2.emptyDatabase();
        return TrackedConnections.dataSource(none -> {
            Connection connection = real.getConnection();
            DatabaseMetaData metaData =
                    TrackedConnections.metaData(connection.getMetaData(), Map.of(method, arguments -> answer));
            return TrackedConnections.connection(connection, Map.of("getMetaData", arguments -> metaData));
        });
    }

    private static SchemaMigration nextSchema() throws IOException {
        return new SchemaMigration(List.of(script(), NEXT_SCRIPT));
    }

    private static String script() throws IOException {
        try (InputStream script = SchemaMigrationTest.class.getClassLoader().getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Integer> versions(DataSource database) {
        return numbers(database, "SELECT version FROM sora_schema ORDER BY version");
    }

    private static List<Integer> numbers(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Stream.Builder<Integer> numbers = Stream.builder();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers.build().toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
