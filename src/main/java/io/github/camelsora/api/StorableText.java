package io.github.camelsora.api;

import java.util.regex.Pattern;

/** Words of others, the service's or an operator's, as each database can store them and a line of a log can show them. */
final class StorableText {
    private static final Pattern NOT_STORABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private StorableText() {}

    /** The text with {@code ?} for what cannot be stored. A line break is replaced, too: a history is read line by line. */
    static String of(String text) {
        return text == null ? null : NOT_STORABLE.matcher(text).replaceAll("?");
    }

    /** The same, cut at a number of characters. */
    static String of(String text, int longest) {
        return of(text == null || text.length() <= longest ? text : text.substring(0, longest));
    }
}
