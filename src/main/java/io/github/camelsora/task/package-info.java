/**
 * What is in flight: tasks from the intent to submit them to the delivery of their end. This package knows {@code api} and
 * {@code toapis} and nothing of Camel. Begin reading at {@link io.github.camelsora.task.TaskTracker}, which polls and hands
 * over; {@link io.github.camelsora.task.SubmitService} spends the money; both write every step into the ledger.
 */
package io.github.camelsora.task;
