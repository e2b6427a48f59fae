/**
 * What is measured. The engine calls {@link io.github.camelsora.internal.metrics.Meters}, which does nothing unless Micrometer is
 * there. {@link io.github.camelsora.internal.metrics.MeterName} lists the meters,
 * {@link io.github.camelsora.internal.metrics.MicrometerMeters} writes them into a registry of Micrometer, by way of
 * {@link io.github.camelsora.internal.metrics.OwnMeters}; only these two know Micrometer.
 * {@link io.github.camelsora.internal.metrics.BoundedTag} bounds the values of a tag. {@link io.github.camelsora.internal.metrics.LedgerFigures} reads what only the ledger knows, for gauges.
 * {@code camel.MeterRegistryLookup} finds the registry.
 */
package io.github.camelsora.internal.metrics;
