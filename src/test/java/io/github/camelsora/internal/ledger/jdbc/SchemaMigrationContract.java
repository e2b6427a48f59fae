package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.internal.cluster.Contenders;
import io.github.camelsora.internal.ledger.LedgerRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The tables of the ledger come to be, grow, and are left alone where the component must not create them. */
abstract class SchemaMigrationContract {
    private static final String SCRIPT = "io/github/camelsora/ledger/1.sql";
    private static final String FIRST_OF_NEXT_SCRIPT =
            "ALTER TABLE sora_task ADD COLUMN IF NOT EXISTS cost INTEGER DEFAULT 7;";
    private static final String NEXT_SCRIPT = FIRST_OF_NEXT_SCRIPT + """
            CREATE INDEX IF NOT EXISTS sora_task_cost ON sora_task (cost);
            INSERT INTO sora_schema (version, applied_at)
            SELECT 2, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM sora_schema WHERE version = 2);
            """;

    abstract DataSource emptyDatabase();

    @Test
    void theTablesAreCreatedOnce() {
        DataSource database = emptyDatabase();
        JdbcTaskLedger.on(database, true).add(LedgerRecords.intent("default", "key-1"));

        JdbcTaskLedger again = JdbcTaskLedger.on(database, true);

        assertThat(again.find("default", "key-1")).isPresent();
        assertThat(versions(database)).containsExactly(1);
    }

    @Test
    void manyJvmsMayStartAtOnce() throws Exception {
        DataSource database = emptyDatabase();

        List<JdbcTaskLedger> ledgers = Contenders.all(4, contender -> JdbcTaskLedger.on(database, true));

        assertThat(ledgers.get(0).add(LedgerRecords.intent("default", "key-1"))).isEmpty();
        assertThat(ledgers).allMatch(ledger -> ledger.find("default", "key-1").isPresent());
        assertThat(versions(database)).containsExactly(1);
    }

    @Test
    void whereTheTablesMustNotBeCreatedTheirAbsenceNamesTheScript() {
        DataSource database = emptyDatabase();

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcTaskLedger.on(database, false))
                .withMessageContaining("sora_task")
                .withMessageContaining(SCRIPT);
        assertThatThrownBy(() -> run(database, "SELECT 1 FROM sora_schema")).isInstanceOf(SQLException.class);
    }

    @Test
    void tablesMayBeCreatedByRunningTheScript() throws Exception {
        DataSource database = emptyDatabase();
        run(database, script());

        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, false);

        assertThat(ledger.add(LedgerRecords.intent("default", "key-1"))).isEmpty();
    }

    // As tools do that know no transaction around a script.
    @Test
    void theScriptRunsStatementByStatement() throws Exception {
        DataSource database = emptyDatabase();
        for (String statement : script().split(";\\s*\\n")) {
            run(database, statement);
        }

        assertThatCode(() -> JdbcTaskLedger.on(database, false)).doesNotThrowAnyException();
    }

    @Test
    void runningTheScriptAgainDoesNoHarm() throws Exception {
        DataSource database = emptyDatabase();
        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, true);
        ledger.add(LedgerRecords.intent("default", "key-1"));

        run(database, script());

        assertThat(ledger.find("default", "key-1")).isPresent();
        assertThat(versions(database)).containsExactly(1);
    }

    @Test
    void olderTablesAreBroughtUpToDate() throws Exception {
        DataSource database = emptyDatabase();
        JdbcTaskLedger.on(database, true).add(LedgerRecords.intent("default", "key-1"));

        nextSchema().prepare(new JdbcExecutor(database), true);

        assertThat(versions(database)).containsExactly(1, 2);
        assertThat(numbers(database, "SELECT cost FROM sora_task")).containsExactly(7);
    }

    @Test
    void manyJvmsMayBringOlderTablesUpToDateAtOnce() throws Exception {
        DataSource database = emptyDatabase();
        JdbcTaskLedger.on(database, true).add(LedgerRecords.intent("default", "key-1"));
        SchemaMigration schema = nextSchema();

        Contenders.all(4, contender -> {
            schema.prepare(new JdbcExecutor(database), true);
            return contender;
        });

        assertThat(versions(database)).containsExactly(1, 2);
        assertThat(numbers(database, "SELECT cost FROM sora_task")).containsExactly(7);
    }

    // H2 commits each statement that changes a table.
    @Test
    void aScriptThatWasInterruptedIsCompletedAtTheNextStart() throws Exception {
        DataSource database = emptyDatabase();
        JdbcTaskLedger.on(database, true);
        run(database, FIRST_OF_NEXT_SCRIPT);

        nextSchema().prepare(new JdbcExecutor(database), true);

        assertThat(versions(database)).containsExactly(1, 2);
    }

    @Test
    void emptyDatabasesGetAllScriptsInOrder() throws Exception {
        DataSource database = emptyDatabase();

        nextSchema().prepare(new JdbcExecutor(database), true);

        assertThat(versions(database)).containsExactly(1, 2);
    }

    @Test
    void whereTheTablesMustNotBeChangedOldOnesNameTheMissingScriptsOnly() {
        DataSource database = emptyDatabase();
        JdbcTaskLedger.on(database, true);

        assertThatIllegalStateException()
                .isThrownBy(() -> nextSchema().prepare(new JdbcExecutor(database), false))
                .withMessageContaining("version 1")
                .withMessageContaining("io/github/camelsora/ledger/2.sql")
                .withMessageNotContaining(SCRIPT);
    }

    // A JVM of the old version goes on while those of the new one come up.
    @Test
    void newerTablesServeAnOlderVersion() throws Exception {
        DataSource database = emptyDatabase();
        nextSchema().prepare(new JdbcExecutor(database), true);

        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, true);

        assertThat(ledger.add(LedgerRecords.intent("default", "key-1"))).isEmpty();
        assertThat(versions(database)).containsExactly(1, 2);
    }

    static SchemaMigration nextSchema() throws IOException {
        return new SchemaMigration(List.of(script(), NEXT_SCRIPT));
    }

    static String script() throws IOException {
        try (InputStream script = SchemaMigrationContract.class.getClassLoader().getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<Integer> versions(DataSource database) {
        return numbers(database, "SELECT version FROM sora_schema ORDER BY version");
    }

    static List<Integer> numbers(DataSource database, String sql) {
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
