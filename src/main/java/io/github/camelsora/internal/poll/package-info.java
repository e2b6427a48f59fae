/**
 * Polls running tasks. Begin reading at {@link io.github.camelsora.internal.poll.PollScheduler}; when the next poll
 * is due is decided in {@link io.github.camelsora.internal.poll.PollTimes}, from the {@link
 * io.github.camelsora.internal.poll.schedule.PollSchedule}, the webhooks that arrived, and failures; what the answer
 * to a poll leads to is decided in {@link io.github.camelsora.internal.poll.PollAnswerHandler}. A route that asks by
 * itself is answered by {@link io.github.camelsora.internal.poll.StatusQueries}.
 */
package io.github.camelsora.internal.poll;
