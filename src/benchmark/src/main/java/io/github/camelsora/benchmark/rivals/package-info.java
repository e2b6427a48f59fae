/**
 * What people would use instead of camel-sora, measured by one job under the same faults. {@link
 * io.github.camelsora.benchmark.rivals.Rivals} lists the rivals, {@link io.github.camelsora.benchmark.rivals.RivalRun} runs one of
 * them, {@link io.github.camelsora.benchmark.rivals.Scenario} says what happens to it. Each package below has only what the user of
 * that rival writes.
 */
package io.github.camelsora.benchmark.rivals;
