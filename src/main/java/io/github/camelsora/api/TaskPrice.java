package io.github.camelsora.api;

import java.math.BigDecimal;

/**
 * What a task costs, in credits of the vendor.
 *
 * @param estimated the price that was configured when the intent was written; null when none was
 * @param charged what the service has said that it charged; null when it has said nothing
 * @param isReleasedOnFailure whether the book releases the price when the task fails
 */
public record TaskPrice(BigDecimal estimated, BigDecimal charged, boolean isReleasedOnFailure) {
    /** No price is known. */
    public static final TaskPrice UNKNOWN = new TaskPrice(null, null);

    /**
     * Removes trailing zeros, so that equal amounts are equal prices.
     *
     * @param estimated the price that was configured when the intent was written; null when none was
     * @param charged what the service has said that it charged; null when it has said nothing
     * @param isReleasedOnFailure whether the book releases the price when the task fails
     */
    public TaskPrice {
        estimated = Credits.plain(estimated);
        charged = Credits.plain(charged);
    }

    /**
     * A price that the book keeps when the task fails.
     *
     * @param estimated the price that was configured when the intent was written; null when none was
     * @param charged what the service has said that it charged; null when it has said nothing
     */
    public TaskPrice(BigDecimal estimated, BigDecimal charged) {
        this(estimated, charged, false);
    }

    /**
     * The price once the service has said what it charged.
     *
     * @param credits what it said; null when it said nothing
     * @return a copy; this one when it said nothing
     */
    public TaskPrice charging(BigDecimal credits) {
        return credits == null ? this : new TaskPrice(estimated, credits, isReleasedOnFailure);
    }

    /**
     * The price that is known.
     *
     * @return what the service has said that it charged, else the price that was configured; null when neither is known
     */
    public BigDecimal known() {
        return charged == null ? estimated : charged;
    }
}
