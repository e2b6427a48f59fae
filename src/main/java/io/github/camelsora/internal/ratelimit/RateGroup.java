package io.github.camelsora.internal.ratelimit;

/**
 * The groups of the vendor's customers, and what it allows each (its documentation, "Rate limits"). Of a burst half a second's
 * worth is kept back, because requests that leave one by one may arrive together.
 */
public enum RateGroup {
    /** Who has agreed on nothing. */
    DEFAULT(new RateLimits(perMinute(300, 50), perMinute(3_000, 500))),
    /** The next. */
    VIP(new RateLimits(perMinute(1_000, 167), perMinute(10_000, 1_667))),
    /** The highest. */
    SVIP(new RateLimits(perMinute(2_000, 334), perMinute(30_000, 5_000))),
    /** No group: nothing is held back. */
    NONE(RateLimits.UNLIMITED);

    private static final double SECONDS_IN_A_MINUTE = 60;
    private static final double SECONDS_KEPT_BACK = 0.5;

    private final RateLimits rates;

    RateGroup(RateLimits rates) {
        this.rates = rates;
    }

    private static RateLimit perMinute(double count, long burst) {
        double perSecond = count / SECONDS_IN_A_MINUTE;
        return new RateLimit(perSecond, burst - (long) Math.ceil(perSecond * SECONDS_KEPT_BACK));
    }

    /**
     * What the group is allowed.
     *
     * @return for submits and for queries
     */
    public RateLimits rates() {
        return rates;
    }
}
