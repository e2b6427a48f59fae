package io.github.camelsora.internal.spend;

import io.github.camelsora.api.TaskPrice;
import java.math.BigDecimal;

/**
 * What a submit costs, and the limits that it is held to.
 *
 * @param price what it costs as configured, in credits; null when no price is
 * @param limits the limits of its account
 * @param isReleasedOnFailure whether a failed task costs nothing
 */
public record Spending(BigDecimal price, SpendLimits limits, boolean isReleasedOnFailure) {
    /** No price is known, and nothing is limited. */
    public static final Spending NONE = new Spending(null, SpendLimits.NONE, false);

    /** What the record of the task says. */
    public TaskPrice taskPrice() {
        return new TaskPrice(price, null, isReleasedOnFailure);
    }
}
