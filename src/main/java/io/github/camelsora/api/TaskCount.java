package io.github.camelsora.api;

import java.math.BigDecimal;

/**
 * How many records of an account are in a state, and what their tasks cost.
 *
 * @param account the name of the account
 * @param state the state
 * @param tasks the number of records
 * @param credits the sum of the prices that are known ({@link TaskPrice#known}); zero when none is. A {@link TaskState#REJECTED}
 *     record has a price, too, but was not paid
 * @param withoutPrice how many of the records have no known price
 */
public record TaskCount(String account, TaskState state, long tasks, BigDecimal credits, long withoutPrice) {

    /**
     * Removes trailing zeros, so that equal amounts are equal.
     *
     * @param account the name of the account
     * @param state the state
     * @param tasks the number of records
     * @param credits the sum of the prices that are known; null for zero
     * @param withoutPrice how many of the records have no known price
     */
    public TaskCount {
        credits = credits == null ? BigDecimal.ZERO : Credits.plain(credits);
    }
}
