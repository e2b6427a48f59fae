package io.github.camelsora.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an action on many records has done.
 *
 * @param action the action
 * @param done the keys on which it was carried out
 * @param changed the keys of records that were changed or removed since the preview; nothing was done to them
 * @param refused the keys on which it was not carried out, each with the reason
 * @param notReached the keys that the action has not reached, because the ledger failed; none if it reached all. On the last of them it
 *     may have been carried out: its record shows that
 * @param problem why the action has stopped, and how to go on; null if it reached all
 */
public record ActionResult(
        LedgerAction action,
        List<Key> done,
        List<Key> changed,
        Map<Key, String> refused,
        List<Key> notReached,
        String problem)
        implements JsonBody {

    /**
     * What identifies a record.
     *
     * @param account the account; null for the one that has the key, where an operator has chosen the key
     * @param key the key
     */
    public record Key(String account, String key) {
        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("account", account);
            map.put("key", key);
            return map;
        }
    }

    /**
     * Copies the keys.
     *
     * @param action the action
     * @param done the keys on which it was carried out
     * @param changed the keys of records that were changed or removed since the preview
     * @param refused the keys on which it was not carried out, each with the reason
     * @param notReached the keys that the action has not reached
     * @param problem why it has stopped, and how to go on; null if it reached all
     */
    public ActionResult {
        done = List.copyOf(done);
        changed = List.copyOf(changed);
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        notReached = List.copyOf(notReached);
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("action", action.name());
        map.put("done", done.stream().map(Key::toMap).toList());
        map.put("changed", changed.stream().map(Key::toMap).toList());
        map.put("refused", refusals(refused));
        map.put("notReached", notReached.stream().map(Key::toMap).toList());
        map.put("problem", problem);
        return map;
    }

    static List<Map<String, Object>> refusals(Map<Key, String> refused) {
        return refused.entrySet().stream()
                .map(entry -> {
                    Map<String, Object> map = entry.getKey().toMap();
                    map.put("reason", entry.getValue());
                    return map;
                })
                .toList();
    }
}
