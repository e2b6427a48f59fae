/**
 * Keeps the rate limits of an account, so that the service need not answer 429. This package knows {@code time} and Bucket4j, and
 * nothing of tasks. Begin reading at {@link io.github.camelsora.internal.ratelimit.RateLimiter}: calls acquire a permit there. Its
 * queue is drained in {@link io.github.camelsora.internal.ratelimit.PermitDispatcher}, how many calls may be in flight at once is
 * decided in {@link io.github.camelsora.internal.ratelimit.ConcurrencyLimit}, how long a 429 pauses them in {@link
 * io.github.camelsora.internal.ratelimit.RetryAfterPause}. {@link io.github.camelsora.internal.ratelimit.AccountRateLimiter}
 * holds the two limiters of an account, for submits and for queries.
 */
package io.github.camelsora.internal.ratelimit;
