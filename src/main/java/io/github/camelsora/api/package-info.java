/**
 * What users hold in their hands: the task and its status, the request, the exceptions, and the interfaces that they may
 * implement. This package knows no other of the project and nothing of Camel. Begin reading at {@link
 * io.github.camelsora.api.VideoTask}; what is in flight is described by {@link io.github.camelsora.api.TaskRecord} and
 * kept by {@link io.github.camelsora.api.TaskLedger}.
 */
package io.github.camelsora.api;
