/**
 * Wires the engine. {@link io.github.camelsora.internal.runtime.SoraRuntime} lasts from the start of a component to
 * its stop. {@link io.github.camelsora.internal.runtime.TaskEngine} wires what works on the tasks of one ledger.
 * {@link io.github.camelsora.internal.runtime.ServiceConnection} connects one endpoint to the service,
 * with the key from {@link io.github.camelsora.internal.runtime.ApiKeys}.
 * {@link io.github.camelsora.internal.runtime.ThreadPools} has all threads but that of {@code LivenessCheck}.
 * {@code ServiceOutage} and {@code FileHostOutages} report what cannot be reached.
 */
package io.github.camelsora.internal.runtime;
