/**
 * Keeps the rate limits of an account, so that the service need not answer 429. This package knows {@code api},
 * {@code time} and Bucket4j, and nothing of tasks. Begin reading at
 * {@link io.github.camelsora.internal.ratelimit.RateLimiter}, where calls acquire a permit.
 * {@link io.github.camelsora.internal.ratelimit.PermitDispatcher} drains its queue.
 * {@link io.github.camelsora.internal.ratelimit.ConcurrencyLimit} decides how many calls may be in flight at once,
 * {@link io.github.camelsora.internal.ratelimit.RetryAfterPause} how long a 429 pauses all submits, or all queries, of an
 * account. {@link io.github.camelsora.internal.ratelimit.AccountRateLimiter} holds these two limiters and decides the
 * shortest pause, {@link io.github.camelsora.internal.ratelimit.RateLimiters} the longest. Besides,
 * {@code submit.SubmitPermits} decides how long one submit waits, and {@code poll.schedule.FixedPollSchedule} how long
 * one poll does.
 */
package io.github.camelsora.internal.ratelimit;
