package io.github.camelsora.internal.ratelimit;

/**
 * The groups of the vendor's customers, and the limits of each (the vendor's documentation, "Rate limits"). Half a second's
 * worth of each burst is not used, because requests that leave one by one may arrive together.
 */
public enum RateGroup {
    /** Customers without an agreement. */
    DEFAULT(new RateLimits(perMinute(300, 50), perMinute(3_000, 500))),
    /** The middle group. */
    VIP(new RateLimits(perMinute(1_000, 167), perMinute(10_000, 1_667))),
    /** The highest group. */
    SVIP(new RateLimits(perMinute(2_000, 334), perMinute(30_000, 5_000))),
    /** No group, and no limits. */
    NONE(RateLimits.UNLIMITED);

    private static final double SECONDS_IN_A_MINUTE = 60;
    private static final double SECONDS_UNUSED = 0.5;

    private final RateLimits rates;

    RateGroup(RateLimits rates) {
        this.rates = rates;
    }

    private static RateLimit perMinute(double count, long burst) {
        double perSecond = count / SECONDS_IN_A_MINUTE;
        return new RateLimit(perSecond, burst - (long) Math.ceil(perSecond * SECONDS_UNUSED));
    }

    /**
     * The limits of the group.
     *
     * @return the limits for submits and for queries
     */
    public RateLimits rates() {
        return rates;
    }
}
