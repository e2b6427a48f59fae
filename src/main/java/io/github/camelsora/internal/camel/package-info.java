/**
 * The producers: one class for each operation in {@code to()}. What they share is in {@link
 * io.github.camelsora.internal.camel.SoraProducer}, what the paid ones share in {@link
 * io.github.camelsora.internal.camel.SubmitProducer}. Under which key a redelivered step submits is decided in {@code
 * RedeliveryKey}, when the claim of an exchange on a task ends in {@link io.github.camelsora.internal.camel.WaitingExchange},
 * which headers describe a task in {@link io.github.camelsora.internal.camel.TaskHeaders}. Options are read and
 * checked in {@link io.github.camelsora.internal.camel.EndpointSettings}; what endpoints share is in {@link
 * io.github.camelsora.internal.camel.ComponentContext}. The consumers and the larger operations have packages below this one.
 */
package io.github.camelsora.internal.camel;
