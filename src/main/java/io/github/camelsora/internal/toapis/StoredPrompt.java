package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.StorePrompt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The prompts of a request as the ledger stores them: as they are, or as a mark in place of each text. A prompt is each text in a
 * field, at any depth, whose name contains {@code prompt}. The digest of a mark includes the key of the record, so that equal
 * prompts of two records cannot be recognised by their marks.
 */
final class StoredPrompt {
    private static final String DIGEST = "sha256";
    private static final Map<String, Object> NOT_STORED = Map.of("stored", false);

    private StoredPrompt() {}

    /** The fields of a request with its prompts as a ledger stores them; prompts that are marks already stay as they are. */
    static Map<String, Object> store(Map<String, Object> fields, StorePrompt how, String key) {
        return switch (how) {
            case full -> fields;
            case hash -> map(fields, false, text -> mark(text, key));
            case none -> map(fields, false, text -> NOT_STORED);
        };
    }

    private static Object value(Object value, boolean isPrompt, Function<String, Map<String, Object>> mark) {
        if (isPrompt && isMark(value)) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, isPrompt, mark);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> value(element, isPrompt, mark)).toList();
        }
        return isPrompt && value instanceof String text ? mark.apply(text) : value;
    }

    private static Map<String, Object> map(
            Map<?, ?> map, boolean isPrompt, Function<String, Map<String, Object>> mark) {
        Map<String, Object> stored = new LinkedHashMap<>();
        map.forEach(
                (name, value) -> stored.put((String) name, value(value, isPrompt || isPrompt((String) name), mark)));
        return stored;
    }

    private static boolean isPrompt(String name) {
        return name.toLowerCase(Locale.ROOT).contains("prompt");
    }

    private static Map<String, Object> mark(String prompt, String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((key + "\n" + prompt).getBytes(StandardCharsets.UTF_8));
            return Map.of(DIGEST, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JVM has SHA-256", e);
        }
    }

    private static boolean isMark(Object value) {
        return NOT_STORED.equals(value)
                || value instanceof Map<?, ?> map && map.size() == 1 && map.get(DIGEST) instanceof String;
    }

    /** Tells whether a prompt of a stored request is a mark, so that the request cannot be sent again. */
    static boolean isConcealedIn(Map<String, Object> stored) {
        return hasMark(stored, false);
    }

    private static boolean hasMark(Object value, boolean isPrompt) {
        if (isPrompt && isMark(value)) {
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .anyMatch(field -> hasMark(field.getValue(), isPrompt || isPrompt((String) field.getKey())));
        }
        return value instanceof List<?> list && list.stream().anyMatch(element -> hasMark(element, isPrompt));
    }

    /** Tells whether a stored request may be one with these fields: each mark is of the prompt in its place. */
    static boolean isSame(Map<String, Object> stored, Map<String, Object> fields, String key) {
        return isSame(stored, fields, false, key);
    }

    private static boolean isSame(Object stored, Object other, boolean isPrompt, String key) {
        if (Objects.equals(stored, other)) {
            return true;
        }
        if (isPrompt && other instanceof String text) {
            return NOT_STORED.equals(stored) || mark(text, key).equals(stored);
        }
        if (stored instanceof Map<?, ?> one && other instanceof Map<?, ?> two) {
            return one.keySet().equals(two.keySet())
                    && one.keySet().stream()
                            .allMatch(name ->
                                    isSame(one.get(name), two.get(name), isPrompt || isPrompt((String) name), key));
        }
        if (stored instanceof List<?> one && other instanceof List<?> two && one.size() == two.size()) {
            for (int i = 0; i < one.size(); i++) {
                if (!isSame(one.get(i), two.get(i), isPrompt, key)) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }
}
