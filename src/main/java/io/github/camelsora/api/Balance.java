package io.github.camelsora.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The balance of an account: the body that {@code sora:balance} produces. A value that the service does not report is null.
 *
 * @param remainingCredits the credits left; -1 when there is no limit
 * @param usedCredits the credits spent
 * @param remainingBalance the US dollars left; -1 when there is no limit
 * @param usedBalance the US dollars spent
 * @param unlimited true when the API key has no limit of its own
 */
public record Balance(
        BigDecimal remainingCredits,
        BigDecimal usedCredits,
        BigDecimal remainingBalance,
        BigDecimal usedBalance,
        boolean unlimited)
        implements JsonBody {
    /** The vendor's fixed rate. */
    private static final BigDecimal CREDITS_PER_DOLLAR = BigDecimal.valueOf(200);

    /**
     * Tells whether at least some credits are left.
     *
     * @param credits the number of credits
     * @return true when so many are left, when there is no limit, or when the service does not report what is left
     */
    public boolean covers(long credits) {
        return covers(BigDecimal.valueOf(credits));
    }

    /**
     * Tells whether at least some credits are left.
     *
     * @param credits the number of credits
     * @return true when so many are left, when there is no limit, or when the service does not report what is left
     */
    public boolean covers(BigDecimal credits) {
        BigDecimal left = remainingCredits == null && remainingBalance != null
                ? remainingBalance.multiply(CREDITS_PER_DOLLAR)
                : remainingCredits;
        return unlimited || left == null || left.compareTo(credits) >= 0;
    }

    /**
     * The balance as plain values.
     *
     * @return the components in order, null values included
     */
    @Override
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
