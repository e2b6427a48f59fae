package io.github.camelsora.api;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an action on all records of a filter, or on those of chosen keys, would do. Nothing was changed. The token lets the same JVM
 * do it to exactly the records that the action fits, in the versions that they have now, for a quarter of an hour.
 *
 * @param action the action
 * @param filter which records it is about, as {@link TaskFilter#parse} reads it; null for chosen keys
 * @param records how many of them the action fits
 * @param credits the sum of their prices that are known; a retry pays it again
 * @param withoutPrice how many of them have no known price
 * @param refused the keys of the other records, which the action does not fit, each with the reason; nothing will be done to them
 * @param token a digest of the action and of the keys and versions
 */
public record ActionPreview(
        LedgerAction action,
        String filter,
        int records,
        BigDecimal credits,
        int withoutPrice,
        Map<ActionResult.Key, String> refused,
        String token)
        implements JsonBody {

    /**
     * Copies the keys.
     *
     * @param action the action
     * @param filter which records it is about; null for chosen keys
     * @param records how many of them the action fits
     * @param credits the sum of their prices that are known
     * @param withoutPrice how many of them have no known price
     * @param refused the keys of the other records, each with the reason
     * @param token a digest of the action and of the keys and versions
     */
    public ActionPreview {
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("action", action.name());
        map.put("filter", filter);
        map.put("records", records);
        map.put("credits", credits);
        map.put("withoutPrice", withoutPrice);
        map.put("refused", ActionResult.refusals(refused));
        map.put("token", token);
        return map;
    }
}
