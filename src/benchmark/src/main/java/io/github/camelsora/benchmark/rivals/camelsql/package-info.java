/** What a user of plain Camel writes on PostgreSQL: the orders in a table, and three routes that change their state. */
package io.github.camelsora.benchmark.rivals.camelsql;
