package io.github.camelsora.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deep immutable copies of JSON-like data. */
final class Copies {
    private Copies() {}

    /** Not Map.copyOf: JSON has nulls, and the order of fields is kept. */
    static <K> Map<K, Object> of(Map<K, ?> map) {
        Map<K, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, ofValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object ofValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return of(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(ofValue(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
