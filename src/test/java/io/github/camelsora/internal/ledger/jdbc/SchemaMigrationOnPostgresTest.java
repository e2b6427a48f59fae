package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import io.github.camelsora.support.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SchemaMigrationOnPostgresTest extends SchemaMigrationContract {
    @Override
    DataSource emptyDatabase() {
        return Postgres.freshDatabase();
    }

    @Test
    void theCreationOfTablesWaitsForTheLock() throws Exception {
        DataSource database = emptyDatabase();
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
    void aScriptThatFailsLeavesNothingBehind() throws Exception {
        DataSource database = emptyDatabase();
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
}
