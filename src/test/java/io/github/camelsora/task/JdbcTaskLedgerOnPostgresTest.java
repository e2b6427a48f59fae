package io.github.camelsora.task;

import javax.sql.DataSource;

class JdbcTaskLedgerOnPostgresTest extends JdbcTaskLedgerContract {
    private static final DataSource DATABASE = Postgres.freshDatabase();

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
