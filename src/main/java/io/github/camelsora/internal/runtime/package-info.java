/**
 * Wires the engine: threads, HTTP clients, the ledger, accounts. {@link
 * io.github.camelsora.internal.runtime.SoraRuntime} lasts from the start of a component to its stop; what works on the
 * tasks of one ledger is wired in {@link io.github.camelsora.internal.runtime.TaskEngine}; {@link
 * io.github.camelsora.internal.runtime.ServiceConnection} is the way of one endpoint to the service. What an operator
 * commands is read in {@link io.github.camelsora.internal.runtime.OperatorCommands}.
 */
package io.github.camelsora.internal.runtime;
