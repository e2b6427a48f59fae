/**
 * The consumer {@code from("sora:tasks")}. When due tasks are polled and how many run at once is decided in {@link
 * io.github.camelsora.internal.camel.tasks.TasksConsumer}, in {@link io.github.camelsora.internal.camel.tasks.TasksPollingConsumer}
 * for {@code pollEnrich}; whether an exchange has delivered its task in {@link
 * io.github.camelsora.internal.camel.tasks.DeliveryExchange}.
 */
package io.github.camelsora.internal.camel.tasks;
