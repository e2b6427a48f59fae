/**
 * The benchmark: {@link io.github.camelsora.benchmark.Benchmark} runs each {@link io.github.camelsora.benchmark.Row} in a JVM of its own and prints the table. It knows
 * nothing of what is measured.
 */
package io.github.camelsora.benchmark;
