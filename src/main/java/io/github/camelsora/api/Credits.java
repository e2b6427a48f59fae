package io.github.camelsora.api;

import java.math.BigDecimal;

/** Amounts of credits. */
public final class Credits {
    private Credits() {}

    /**
     * The one form of an amount in which equal amounts are equal.
     *
     * @param amount the amount; may be null
     * @return the amount without trailing zeros, and never as 2E+1; null for null
     */
    public static BigDecimal plain(BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
