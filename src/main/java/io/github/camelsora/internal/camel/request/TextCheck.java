package io.github.camelsora.internal.camel.request;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Refuses text that no database keeps as it is, or that nobody can have meant, before anything is written or sent. */
public final class TextCheck {
    private static final char REPLACEMENT = '\uFFFD';

    private TextCheck() {}

    /**
     * Refuses what would be kept as something else: PostgreSQL has no NUL, and half a character (a lone surrogate) becomes a
     * question mark, so that the row would be of another key.
     *
     * @param what whose text it is, for the message
     * @param text the text; may be null
     * @return the text
     * @throws IllegalArgumentException with the reason, which the caller words
     */
    static String requireStorable(String what, String text) {
        String fault = fault(text);
        if (fault != null) {
            throw new IllegalArgumentException(what + " " + fault);
        }
        return text;
    }

    /** What keeps a text from being kept, in words; null when nothing does. */
    public static String fault(String text) {
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "holds half of a character (" + String.format(Locale.ROOT, "U+%04X", (int) c) + " at position "
                        + i + "), as when text was cut within an emoji, and no ledger keeps that";
            } else if (c == 0) {
                return "holds the character NUL at position " + i
                        + ", and no ledger keeps that; text in UTF-16 that was" + " read as UTF-8 looks like this";
            }
        }
        return null;
    }

    /**
     * Refuses also what was lost before it came here: U+FFFD stands where bytes were not in their charset.
     *
     * @param what whose text it is, for the message
     * @param text the text; may be null
     * @return the text
     * @throws IllegalArgumentException with the reason, which the caller words
     */
    static String requireIntact(String what, String text) {
        requireStorable(what, text);
        if (text != null && text.indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException(
                    what + " holds the replacement character U+FFFD at position "
                            + text.indexOf(REPLACEMENT)
                            + ": bytes that were not in their charset were read as text. Convert it from the charset that it is in");
        }
        return text;
    }

    /**
     * Holds all text in JSON-like data to a rule, names and values.
     *
     * @param rule {@link #requireStorable} or {@link #requireIntact}
     * @throws IllegalArgumentException with the reason, which the caller words
     */
    static void requireInAll(String what, Object value, BinaryOperator<String> rule) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> {
                rule.apply("A name in " + what, String.valueOf(name));
                requireInAll(what, item, rule);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> requireInAll(what, item, rule));
        } else if (value instanceof CharSequence text) {
            rule.apply(what, text.toString());
        }
    }
}
