package io.github.camelsora.internal.ratelimit;

/**
 * What an account may send. The vendor counts submits and queries apart.
 *
 * @param submits what is paid for
 * @param queries what is free
 */
public record RateLimits(RateLimit submits, RateLimit queries) {
    /** No limits: for a service that has none, or when somebody else keeps them. */
    public static final RateLimits UNLIMITED = new RateLimits(RateLimit.UNLIMITED, RateLimit.UNLIMITED);

    RateLimits strict() {
        return new RateLimits(submits.strict(), queries.strict());
    }

    boolean isLimited() {
        return submits.isLimited() || queries.isLimited();
    }
}
