/**
 * The pace of an account: what may be sent when, so that the service never has to say "too many". This package knows
 * {@code api} and the buckets of Bucket4j, and nothing of tasks. Begin reading at {@link io.github.camelsora.pace.RateLimiter},
 * which lets calls through one by one; {@link io.github.camelsora.pace.AccountRateLimiter} has the two gates of an account.
 */
package io.github.camelsora.pace;
