package io.github.camelsora.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is left to pay with: the body that {@code sora:balance} produces. A value that the service did not tell is null.
 *
 * @param remainingCredits credits that are left; -1 when there is no limit
 * @param usedCredits credits that are spent
 * @param remainingBalance what is left in US dollars; -1 when there is no limit
 * @param usedBalance what is spent in US dollars
 * @param unlimited true when the API key has no limit of its own
 */
public record Balance(
        BigDecimal remainingCredits,
        BigDecimal usedCredits,
        BigDecimal remainingBalance,
        BigDecimal usedBalance,
        boolean unlimited) {
    /** The vendor's fixed rate. */
    private static final BigDecimal CREDITS_PER_DOLLAR = BigDecimal.valueOf(200);

    /**
     * Tells whether at least some credits are left.
     *
     * @param credits how many must be left
     * @return true when they are, when there is no limit, or when the service told nothing to the contrary
     */
    public boolean covers(long credits) {
        BigDecimal left = remainingCredits == null && remainingBalance != null
                ? remainingBalance.multiply(CREDITS_PER_DOLLAR)
                : remainingCredits;
        return unlimited || left == null || left.compareTo(BigDecimal.valueOf(credits)) >= 0;
    }

    /**
     * The balance as plain values.
     *
     * @return its components in order, with those that are null
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("remainingCredits", remainingCredits);
        map.put("usedCredits", usedCredits);
        map.put("remainingBalance", remainingBalance);
        map.put("usedBalance", usedBalance);
        map.put("unlimited", unlimited);
        return map;
    }
}
