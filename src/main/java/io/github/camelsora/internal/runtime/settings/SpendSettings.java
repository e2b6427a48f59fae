package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.internal.spend.CreditPrices;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.spend.Spending;
import java.math.BigDecimal;

/**
 * What submits cost, and what the account may spend.
 *
 * @param prices what videos cost
 * @param limits what the account and its tenants may spend
 * @param releaseFailed whether a failed task costs nothing
 */
public record SpendSettings(CreditPrices prices, SpendLimits limits, boolean releaseFailed) {

    /** What a submit of a price is held to; null for a price that is not known. */
    public Spending of(BigDecimal price) {
        return new Spending(price, limits, releaseFailed);
    }
}
