/**
 * Polls running tasks. Begin reading at {@link io.github.camelsora.internal.poll.PollScheduler}.
 * {@link io.github.camelsora.internal.poll.PollTimes} decides when the next poll is due, from the
 * {@link io.github.camelsora.internal.poll.schedule.PollSchedule}, the webhooks that arrived, and failures. The
 * {@link io.github.camelsora.internal.ratelimit.AccountRateLimiter} lengthens a pause when many tasks share the rate limit
 * of their account.
 * {@link io.github.camelsora.internal.poll.PollAnswerHandler} decides what the answer to a poll leads to.
 * {@link io.github.camelsora.internal.poll.StatusQueries} answers a route that queries by itself.
 */
package io.github.camelsora.internal.poll;
