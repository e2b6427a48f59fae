/**
 * The producers: one class for each operation in {@code to()}. All of them share
 * {@link io.github.camelsora.internal.camel.SoraProducer}, and the paid ones share
 * {@link io.github.camelsora.internal.camel.SubmitProducer}. {@code RedeliveryKey} decides under which key a
 * redelivered step submits, {@link io.github.camelsora.internal.camel.WaitingExchange} when an exchange ends its claim
 * on a task, {@link io.github.camelsora.internal.camel.TaskHeaders} which headers describe a task.
 * {@link io.github.camelsora.internal.camel.EndpointSettings} reads and checks the options.
 * {@link io.github.camelsora.internal.camel.ComponentContext} has what endpoints share. The consumers and the larger
 * operations have packages below this one.
 */
package io.github.camelsora.internal.camel;
