package io.github.camelsora.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that the account may use: {@code sora:models} produces a list of them. A value that the service does not report is null.
 *
 * @param id the name, for the option {@code model}
 * @param created when the service has got it
 * @param ownedBy who owns it
 * @param endpointTypes by which of the service's calls it is used, in the service's words
 * @param raw the complete entry of the service, unknown fields included
 */
public record ModelInfo(String id, Instant created, String ownedBy, List<String> endpointTypes, Map<String, Object> raw)
        implements JsonBody {

    /**
     * Creates the description of a model.
     *
     * @param id the name
     * @param created when the service has got it; may be null
     * @param ownedBy who owns it; may be null
     * @param endpointTypes by which calls it is used; null for none
     * @param raw the complete entry of the service; null for none
     */
    public ModelInfo {
        endpointTypes = endpointTypes == null ? List.of() : List.copyOf(endpointTypes);
        raw = raw == null ? Map.of() : Copies.of(raw);
    }

    /**
     * The model as plain values.
     *
     * @return the components in order, null values included
     */
    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("created", created == null ? null : created.toString());
        map.put("ownedBy", ownedBy);
        map.put("endpointTypes", endpointTypes);
        map.put("raw", raw);
        return map;
    }
}
