/**
 * The benchmark: {@link sample.Benchmark} runs each {@link sample.Row} in a JVM of its own and prints the table. It knows
 * nothing of what is measured.
 */
package sample;
