/** What is measured, one class a row. Each says at its top what it compares and how. */
package io.github.camelsora.benchmark.rows;
