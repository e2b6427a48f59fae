/**
 * Asks the service for running tasks. Begin reading at {@link io.github.camelsora.internal.poll.PollScheduler}; when
 * the next question is due is decided by a {@link io.github.camelsora.internal.poll.schedule.PollSchedule}.
 */
package io.github.camelsora.internal.poll;
