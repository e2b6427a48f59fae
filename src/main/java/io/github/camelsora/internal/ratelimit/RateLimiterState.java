package io.github.camelsora.internal.ratelimit;

import java.time.Instant;
import java.util.Optional;

/**
 * What a {@link RateLimiter} does at a moment.
 *
 * @param rate the rate that it keeps to
 * @param queued how many calls wait for a permit
 * @param inFlight how many calls have a permit and have not ended
 * @param concurrencyLimit how many may have
 * @param isHeld whether no call gets a permit, because an operator has paused the account
 * @param pausedUntil until when the service has asked to wait; empty when no pause is active
 */
public record RateLimiterState(
        RateLimit rate,
        int queued,
        int inFlight,
        int concurrencyLimit,
        boolean isHeld,
        Optional<Instant> pausedUntil) {}
