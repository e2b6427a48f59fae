/**
 * The spans of this component, for applications with camel-telemetry or OpenTelemetry; elsewhere none of its classes but
 * {@code TracerSpans} is loaded. Knows {@code api}, {@code internal.trace}, {@code internal.time} and Camel; begin reading at
 * {@code SoraSpanDecorator}.
 */
package io.github.camelsora.internal.telemetry;
