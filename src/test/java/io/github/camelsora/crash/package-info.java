/**
 * JVMs that die: real child JVMs work on one ledger against one simulator, are killed or frozen at points that are named or
 * drawn by lot, and afterwards the simulator's books are compared with what routes have taken. Begin reading at
 * {@link io.github.camelsora.crash.NamedKillTest}; {@link io.github.camelsora.crash.NodeMain} is what a child runs.
 */
package io.github.camelsora.crash;
