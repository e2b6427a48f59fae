/**
 * The ledger in a database: H2 in a file, or PostgreSQL. Begin reading at {@link
 * io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger}; all SQL on tasks is in {@link
 * io.github.camelsora.internal.ledger.jdbc.TaskSql}.
 */
package io.github.camelsora.internal.ledger.jdbc;
