/**
 * The ledger in a database: H2 in a file, or PostgreSQL. Begin reading at {@link
 * io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger}; all SQL on tasks is in {@link
 * io.github.camelsora.internal.ledger.jdbc.TaskSql}, retries after a deadlock are in {@link
 * io.github.camelsora.internal.ledger.jdbc.JdbcExecutor}, and the tables are created in {@link
 * io.github.camelsora.internal.ledger.jdbc.SchemaMigration}. Whether the file of H2 is still the one that was opened
 * is checked in {@link io.github.camelsora.internal.ledger.jdbc.H2FileWatch}.
 */
package io.github.camelsora.internal.ledger.jdbc;
