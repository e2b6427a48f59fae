/**
 * Crash tests: child JVMs work on one ledger against one simulator and are killed or frozen at named points or at random.
 * Afterwards {@link io.github.camelsora.crash.InvariantCheck} compares the simulator's books, the journals of deliveries and
 * the ledger. Begin reading at {@link io.github.camelsora.crash.NamedKillTest}; a child runs
 * {@link io.github.camelsora.crash.NodeMain}.
 */
package io.github.camelsora.crash;
