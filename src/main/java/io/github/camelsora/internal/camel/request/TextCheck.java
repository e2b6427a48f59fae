package io.github.camelsora.internal.camel.request;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Rejects text that a database cannot store unchanged, or that was decoded wrongly, before anything is written or sent. */
public final class TextCheck {
    private static final char REPLACEMENT = '\uFFFD';

    private TextCheck() {}

    /**
     * Rejects text that a database would change: PostgreSQL has no NUL, and half a character (a lone surrogate) becomes a
     * question mark, so that the row would have another key.
     *
     * @param what the noun for the message
     * @param text the text; may be null
     * @return the text
     * @throws IllegalArgumentException with the reason; the caller makes the message of it
     */
    static String requireStorable(String what, String text) {
        String fault = fault(text);
        if (fault != null) {
            throw new IllegalArgumentException(what + " " + fault);
        }
        return text;
    }

    /** Tells whether a text says nothing. */
    static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** Why a text cannot be stored; null when it can. */
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
                        + i + "), as when text was cut within an emoji, and no ledger can store that";
            } else if (c == 0) {
                return "holds the character NUL at position " + i
                        + ", and no ledger can store that; text in UTF-16 that was" + " read as UTF-8 looks like this";
            }
        }
        return null;
    }

    /**
     * Rejects, in addition, text with U+FFFD, which replaces bytes that were decoded with the wrong charset.
     *
     * @param what the noun for the message
     * @param text the text; may be null
     * @return the text
     * @throws IllegalArgumentException with the reason; the caller makes the message of it
     */
    static String requireIntact(String what, String text) {
        requireStorable(what, text);
        if (text != null && text.indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException(what + " holds the replacement character U+FFFD at position "
                    + text.indexOf(REPLACEMENT)
                    + ": its bytes were decoded with the wrong charset. Convert it with the right one");
        }
        return text;
    }

    /**
     * Applies a check to all text in JSON-like data, names and values.
     *
     * @param check {@link #requireStorable} or {@link #requireIntact}
     * @throws IllegalArgumentException with the reason; the caller makes the message of it
     */
    static void requireInAll(String what, Object value, BinaryOperator<String> check) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> {
                check.apply("A name in " + what, String.valueOf(name));
                requireInAll(what, item, check);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> requireInAll(what, item, check));
        } else if (value instanceof CharSequence text) {
            check.apply(what, text.toString());
        }
    }
}
