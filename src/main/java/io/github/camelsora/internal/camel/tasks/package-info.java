/**
 * The consumer {@code from("sora:tasks")}. {@link io.github.camelsora.internal.camel.tasks.TasksConsumer} decides when
 * it polls due tasks and how many run at once, {@link io.github.camelsora.internal.camel.tasks.TasksPollingConsumer}
 * does so for {@code pollEnrich}. {@link io.github.camelsora.internal.camel.tasks.DeliveryExchange} decides whether an
 * exchange has delivered its task.
 */
package io.github.camelsora.internal.camel.tasks;
