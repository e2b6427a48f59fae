/**
 * The consumer {@code from("sora:tasks")}: {@link io.github.camelsora.internal.camel.tasks.TasksConsumer} polls the
 * ledger and runs one exchange for each task; {@link io.github.camelsora.internal.camel.tasks.DeliveryExchange}
 * decides when a task has been delivered.
 */
package io.github.camelsora.internal.camel.tasks;
