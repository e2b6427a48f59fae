/**
 * The ledger in a database: H2 in a file, or PostgreSQL. Begin reading at
 * {@link io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger}.
 * {@link io.github.camelsora.internal.ledger.jdbc.RecordWrites} makes all changes of records, with what belongs to them,
 * {@link io.github.camelsora.internal.ledger.jdbc.TaskSql} has all SQL on tasks,
 * {@link io.github.camelsora.internal.ledger.jdbc.BookTable} that on the book of spending,
 * {@link io.github.camelsora.internal.ledger.jdbc.HistoryTable} that on the history,
 * {@link io.github.camelsora.internal.ledger.jdbc.SearchSql} the queries of an operator's search,
 * {@link io.github.camelsora.internal.ledger.jdbc.JdbcExecutor} retries after a deadlock,
 * {@link io.github.camelsora.internal.ledger.jdbc.SchemaMigration} creates the tables.
 * {@link io.github.camelsora.internal.ledger.jdbc.H2FileWatch} checks whether the file of H2 is still the one that was
 * opened.
 */
package io.github.camelsora.internal.ledger.jdbc;
