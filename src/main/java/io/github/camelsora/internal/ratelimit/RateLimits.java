package io.github.camelsora.internal.ratelimit;

/**
 * The limits of an account. The vendor counts submits and queries apart.
 *
 * @param submits for paid requests
 * @param queries for free requests
 */
public record RateLimits(RateLimit submits, RateLimit queries) {
    /** No limits: for a service that has none, or when something else limits the calls. */
    public static final RateLimits UNLIMITED = new RateLimits(RateLimit.UNLIMITED, RateLimit.UNLIMITED);

    RateLimits strict() {
        return new RateLimits(submits.strict(), queries.strict());
    }

    boolean isLimited() {
        return submits.isLimited() || queries.isLimited();
    }
}
