package io.github.camelsora.api;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * At most so many credits in each window of time.
 *
 * @param credits the most credits
 * @param window the length of the window, which ends now
 */
public record SpendLimit(BigDecimal credits, Duration window) {

    /**
     * Removes trailing zeros, so that equal amounts are equal limits.
     *
     * @param credits the most credits
     * @param window the length of the window, which ends now
     */
    public SpendLimit {
        credits = Credits.plain(credits);
    }

    /** As the options write it, say {@code 2000/1d}. */
    @Override
    public String toString() {
        boolean isOfDays = window.toMinutes() % (24 * 60) == 0;
        boolean isOfHours = window.toMinutes() % 60 == 0;
        String length =
                isOfDays ? window.toDays() + "d" : isOfHours ? window.toHours() + "h" : window.toMinutes() + "m";
        return credits.toPlainString() + "/" + length;
    }
}
