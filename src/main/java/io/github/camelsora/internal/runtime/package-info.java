/**
 * Wires the engine: threads, HTTP clients, the ledger, accounts. {@link
 * io.github.camelsora.internal.runtime.SoraRuntime} lasts from the start of a component to its stop.
 */
package io.github.camelsora.internal.runtime;
