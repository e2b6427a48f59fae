/**
 * Keeps the rate limits of an account, so that the service need not answer 429. This package knows {@code api}, {@code time} and Bucket4j, and
 * nothing of tasks. Begin reading at {@link io.github.camelsora.internal.ratelimit.RateLimiter}: calls acquire a permit there. Its
 * queue is drained in {@link io.github.camelsora.internal.ratelimit.PermitDispatcher}, how many calls may be in flight at once is
 * decided in {@link io.github.camelsora.internal.ratelimit.ConcurrencyLimit}, how long a 429 pauses all calls of
 * an account in {@link io.github.camelsora.internal.ratelimit.RetryAfterPause}; how long one submit or one poll waits besides is
 * decided where it is sent again, in {@code SubmitPermits} and by its {@code PollSchedule}. {@link io.github.camelsora.internal.ratelimit.AccountRateLimiter}
 * holds the two limiters of an account, for submits and for queries.
 */
package io.github.camelsora.internal.ratelimit;
