package io.github.camelsora.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /**
     * The count as plain values.
     *
     * @return its components in order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", account);
        map.put("state", state.name());
        map.put("tasks", tasks);
        map.put("credits", credits);
        map.put("withoutPrice", withoutPrice);
        return map;
    }
}
