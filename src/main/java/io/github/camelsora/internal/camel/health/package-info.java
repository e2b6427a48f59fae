/**
 * The health checks of a component. {@link io.github.camelsora.internal.camel.health.HealthChecks} registers them,
 * {@link io.github.camelsora.internal.camel.health.KnownProblems} finds what is wrong. They send nothing and read nothing: they
 * say what the last calls of the component have shown.
 */
package io.github.camelsora.internal.camel.health;
