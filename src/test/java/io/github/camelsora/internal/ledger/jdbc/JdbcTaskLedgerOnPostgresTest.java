package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.support.Postgres;
import javax.sql.DataSource;

class JdbcTaskLedgerOnPostgresTest extends JdbcTaskLedgerContract {
    private static final DataSource DATABASE = Postgres.freshDatabase();

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
