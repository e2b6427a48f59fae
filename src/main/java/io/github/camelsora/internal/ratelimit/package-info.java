/**
 * The rate limits of an account, kept so that the service need not answer 429. This package knows {@code api} and
 * Bucket4j, and nothing of tasks. Begin reading at {@link io.github.camelsora.internal.ratelimit.RateLimiter}, which
 * lets calls through one by one; {@link io.github.camelsora.internal.ratelimit.AccountRateLimiter} holds the two
 * limiters of an account, for submits and for queries.
 */
package io.github.camelsora.internal.ratelimit;
