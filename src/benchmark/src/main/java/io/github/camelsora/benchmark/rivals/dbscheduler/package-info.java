/** What a user of db-scheduler writes: a chain of tasks in PostgreSQL, and a table of the orders that were submitted. */
package io.github.camelsora.benchmark.rivals.dbscheduler;
