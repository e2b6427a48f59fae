package io.github.camelsora.internal.ratelimit;

import io.github.camelsora.api.RateGroup;

/**
 * The limits of an account. The vendor counts submits and queries apart.
 *
 * @param submits for paid requests
 * @param queries for free requests
 */
public record RateLimits(RateLimit submits, RateLimit queries) {
    /** No limits: for a service that has none, or when something else limits the calls. */
    public static final RateLimits UNLIMITED = new RateLimits(RateLimit.UNLIMITED, RateLimit.UNLIMITED);

    private static final double SECONDS_IN_A_MINUTE = 60;
    private static final double SECONDS_KEPT_BACK = 0.5;

    /** What the vendor allows a group (its documentation, "Rate limits"). */
    public static RateLimits of(RateGroup group) {
        return switch (group) {
            case DEFAULT -> new RateLimits(perMinute(300, 50), perMinute(3_000, 500));
            case VIP -> new RateLimits(perMinute(1_000, 167), perMinute(10_000, 1_667));
            case SVIP -> new RateLimits(perMinute(2_000, 334), perMinute(30_000, 5_000));
            case NONE -> UNLIMITED;
        };
    }

    /** Of a burst half a second's worth is kept back: requests that leave one by one may arrive together. */
    private static RateLimit perMinute(double count, long burst) {
        double perSecond = count / SECONDS_IN_A_MINUTE;
        return new RateLimit(perSecond, burst - (long) Math.ceil(perSecond * SECONDS_KEPT_BACK));
    }

    RateLimits strict() {
        return new RateLimits(submits.strict(), queries.strict());
    }

    boolean isLimited() {
        return submits.isLimited() || queries.isLimited();
    }
}
