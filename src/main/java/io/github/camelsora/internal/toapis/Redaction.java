package io.github.camelsora.internal.toapis;

import java.util.regex.Pattern;

/** Removes secrets from a foreign text before it reaches a log: the API key, and the query of any address. */
public final class Redaction {
    private static final Pattern QUERY = Pattern.compile("(?i)(https?:\\\\?/\\\\?/[^\\s?\"<>]+)\\?[^\\s\"<>]*");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[^\\s\"',;]+");
    private static final int LONGEST = 500;

    private Redaction() {}

    /**
     * Removes the queries of addresses and bearer tokens, and shortens the text.
     *
     * @param text a text from outside; may be null
     * @return the text, at most some 500 characters; null for null
     */
    public static String of(String text) {
        if (text == null) {
            return null;
        }
        String shorter = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        String withoutQueries = QUERY.matcher(shorter).replaceAll("$1?…");
        return BEARER.matcher(withoutQueries).replaceAll("$1…");
    }

    /**
     * Removes a given secret as well.
     *
     * @param text a text from outside; may be null
     * @param secret the secret, say the API key; null or blank for none
     * @return the text without it
     */
    public static String of(String text, String secret) {
        boolean isSecret = secret != null && !secret.isBlank();
        return of(text == null || !isSecret ? text : text.replace(secret, "…"));
    }
}
