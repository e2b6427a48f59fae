package io.github.camelsora.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an action on all records of a filter, or on those of chosen keys, would do. Nothing was changed. The token lets the same JVM
 * do it to exactly these records, in the versions that they have now, for a quarter of an hour.
 *
 * @param action the action
 * @param filter which records it is about, as {@link TaskFilter#parse} reads it; null for chosen keys
 * @param records how many they are
 * @param credits the sum of their prices that are known; a retry pays it again
 * @param withoutPrice how many of them have no known price
 * @param token a digest of the action and of the keys and versions
 */
public record ActionPreview(
        LedgerAction action, String filter, int records, BigDecimal credits, int withoutPrice, String token)
        implements JsonBody {

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("action", action.name());
        map.put("filter", filter);
        map.put("records", records);
        map.put("credits", credits);
        map.put("withoutPrice", withoutPrice);
        map.put("token", token);
        return map;
    }
}
