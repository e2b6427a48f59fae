/**
 * Polls running tasks. Begin reading at {@link io.github.camelsora.internal.poll.PollScheduler}; when the next poll is
 * due is decided by a {@link io.github.camelsora.internal.poll.schedule.PollSchedule}, what its answer leads to by {@link
 * io.github.camelsora.internal.poll.PollAnswerHandler}.
 */
package io.github.camelsora.internal.poll;
