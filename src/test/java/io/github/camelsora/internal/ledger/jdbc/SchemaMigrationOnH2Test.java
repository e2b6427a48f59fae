package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class SchemaMigrationOnH2Test extends SchemaMigrationContract {
    @Override
    DataSource emptyDatabase() {
        return h2();
    }

    private static DataSource h2() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
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
        DataSource real = h2();
        return TrackedConnections.dataSource(none -> {
            Connection connection = real.getConnection();
            DatabaseMetaData metaData =
                    TrackedConnections.metaData(connection.getMetaData(), Map.of(method, arguments -> answer));
            return TrackedConnections.connection(connection, Map.of("getMetaData", arguments -> metaData));
        });
    }
}
