package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The keys that an operator has chosen, as the elements of a body name them. */
final class ChosenKeys {
    private ChosenKeys() {}

    /**
     * Reads the keys.
     *
     * @param elements the elements of the body
     * @param account the account of those that name none; null for the one that has the key
     * @throws IllegalArgumentException if an element names no key
     */
    static List<ActionResult.Key> of(Collection<?> elements, String account) {
        return elements.stream().map(element -> keyOf(element, account)).toList();
    }

    private static ActionResult.Key keyOf(Object element, String account) {
        if (element instanceof ActionResult.Key key) {
            return named(key.account(), key.key(), account);
        }
        if (element instanceof TaskRecord record) {
            return new ActionResult.Key(record.account(), record.key());
        }
        if (element instanceof VideoTask task) {
            return named(null, task.key(), account);
        }
        if (element instanceof Map<?, ?> map) {
            return named(text(map.get("account")), text(map.get("key")), account);
        }
        throw new IllegalArgumentException("An element of the body is "
                + (element == null ? "null" : "a " + element.getClass().getName())
                + ", which names no key. Nothing was changed; choose keys by a TaskRecord, a VideoTask, an ActionResult.Key, or a"
                + " map of account and key each");
    }

    private static String text(Object value) {
        return value instanceof CharSequence || value instanceof Number ? value.toString() : null;
    }

    private static ActionResult.Key named(String account, String key, String otherwise) {
        if (key == null) {
            throw new IllegalArgumentException("An element of the body has no key. Nothing was changed");
        }
        return new ActionResult.Key(account == null ? otherwise : account, key);
    }
}
