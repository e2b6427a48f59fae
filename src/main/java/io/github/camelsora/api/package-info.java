/**
 * The public API: the task and its status, the request, the exceptions, and the interfaces that users may implement.
 * It depends on no other package of the project and not on Camel. Begin reading at
 * {@link io.github.camelsora.api.VideoTask}. {@link io.github.camelsora.api.TaskRecord} defines what is recorded about
 * a task, {@link io.github.camelsora.api.TaskLedger} what a ledger must guarantee.
 */
package io.github.camelsora.api;
