/**
 * Keeps the rate limits of an account, so that the service need not answer 429. This package knows {@code api},
 * {@code time} and Bucket4j, and nothing of tasks. Begin reading at
 * {@link io.github.camelsora.internal.ratelimit.RateLimiter}, where calls acquire a permit.
 * {@link io.github.camelsora.internal.ratelimit.PermitDispatcher} drains its queue.
 * {@link io.github.camelsora.internal.ratelimit.ConcurrencyLimit} decides how many calls may be in flight at once,
 * {@link io.github.camelsora.internal.ratelimit.RetryAfterPause} how long a 429 pauses all calls of an account.
 * {@code SubmitPermits} decides how long one submit waits besides, and {@code PollSchedule} how long one poll does.
 * {@link io.github.camelsora.internal.ratelimit.AccountRateLimiter} holds the two limiters of an account, for submits
 * and for queries.
 */
package io.github.camelsora.internal.ratelimit;
