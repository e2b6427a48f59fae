/** What a user of plain Camel writes: one route that submits, loops, delays and asks, with an idempotent consumer on a file. */
package io.github.camelsora.benchmark.rivals.camel;
