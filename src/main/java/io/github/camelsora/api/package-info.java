/**
 * The public API: the task and its status, the request, the exceptions, and the interfaces that users may implement. It depends
 * on no other package of the project and not on Camel. Begin reading at {@link io.github.camelsora.api.VideoTask}. What is
 * recorded about a task is defined by {@link io.github.camelsora.api.TaskRecord}, what a ledger must guarantee by {@link
 * io.github.camelsora.api.TaskLedger}.
 */
package io.github.camelsora.api;
