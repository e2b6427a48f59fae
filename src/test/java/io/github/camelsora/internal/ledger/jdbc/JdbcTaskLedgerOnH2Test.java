package io.github.camelsora.internal.ledger.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 that is set up outside of the component: a server, or as here in memory. */
class JdbcTaskLedgerOnH2Test extends JdbcTaskLedgerContract {
    private static final DataSource DATABASE =
            JdbcConnectionPool.create("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1", "sa", "");

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
