package io.github.camelsora.pace;

/**
 * The groups of the vendor's customers, and what it allows each (its documentation, "Rate limits"). Of a burst half a second's
 * worth is kept back, because requests that leave one by one may arrive together.
 */
public enum RateGroup {
    /** Who has agreed on nothing. */
    DEFAULT(new Rates(perMinute(300, 50), perMinute(3_000, 500))),
    /** The next. */
    VIP(new Rates(perMinute(1_000, 167), perMinute(10_000, 1_667))),
    /** The highest. */
    SVIP(new Rates(perMinute(2_000, 334), perMinute(30_000, 5_000))),
    /** No group: nothing is held back. */
    NONE(Rates.UNLIMITED);

    private static final double SECONDS_IN_A_MINUTE = 60;
    private static final double SECONDS_KEPT_BACK = 0.5;

    private final Rates rates;

    RateGroup(Rates rates) {
        this.rates = rates;
    }

    private static Rate perMinute(double count, long burst) {
        double perSecond = count / SECONDS_IN_A_MINUTE;
        return new Rate(perSecond, burst - (long) Math.ceil(perSecond * SECONDS_KEPT_BACK));
    }

    /**
     * What the group is allowed.
     *
     * @return for submits and for queries
     */
    public Rates rates() {
        return rates;
    }
}
