package io.github.camelsora.internal.ledger.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 as somebody else has set it up: a server, or as here in memory. */
class JdbcTaskLedgerOnH2Test extends JdbcTaskLedgerContract {
    private static final DataSource DATABASE =
            JdbcConnectionPool.create("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1", "sa", "");

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
