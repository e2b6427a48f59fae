/**
 * Wires the engine. {@link io.github.camelsora.internal.runtime.SoraRuntime} lasts from the start of a component to
 * its stop; what works on the tasks of one ledger is wired in {@link
 * io.github.camelsora.internal.runtime.TaskEngine}; {@link io.github.camelsora.internal.runtime.ServiceConnection} is
 * the way of one endpoint to the service. All threads but one come from {@link
 * io.github.camelsora.internal.runtime.ThreadPools}. What an operator may do to a record is checked in {@link
 * io.github.camelsora.internal.runtime.OperatorService}; {@link
 * io.github.camelsora.internal.runtime.OperatorCommands} only reads the commands.
 */
package io.github.camelsora.internal.runtime;
