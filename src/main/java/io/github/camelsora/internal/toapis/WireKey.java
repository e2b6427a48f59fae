package io.github.camelsora.internal.toapis;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that is sent with a request as {@code client_business_id}: the user's key, a tilde, and ten random characters, which
 * differ for each intent. A key may be paid under again after {@code retry} or {@code forget}; the random characters tell
 * answers about the earlier task from those about the later.
 */
public final class WireKey {
    private static final int RANDOM_LENGTH = 10;
    private static final int BASE = 36;
    private static final long RANDOM_COUNT = (long) Math.pow(BASE, RANDOM_LENGTH);
    private static final Pattern FORM = Pattern.compile("(?s)(.+)~[0-9a-z]{" + RANDOM_LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private WireKey() {}

    /**
     * Creates a wire key that no other intent has.
     *
     * @param key the user's key
     * @return the key to send
     */
    public static String newFor(String key) {
        String random = Long.toString(RANDOM.nextLong(RANDOM_COUNT), BASE);
        return key + "~" + "0".repeat(RANDOM_LENGTH - random.length()) + random;
    }

    /** How an echoed key relates to the wire key of an intent. */
    public enum Echo {
        /** The wire key of this intent; the part of the user's key may have been altered. */
        SAME,
        /** The beginning of this wire key: a service may truncate a long key. */
        CUT,
        /** The wire key of another intent. */
        OTHER_INTENT,
        /** The key of another program, or a number of the gateway. */
        FOREIGN;

        /**
         * Compares an echoed key with the wire key of an intent.
         *
         * @param echo the {@code client_business_id} of an answer
         * @param wireKey the key of the intent
         * @return how they relate
         */
        public static Echo of(String echo, String wireKey) {
            String random = wireKey.substring(wireKey.lastIndexOf('~'));
            String lower = echo.toLowerCase(Locale.ROOT);
            if (lower.endsWith(random)) {
                return SAME;
            }
            if (wireKey.toLowerCase(Locale.ROOT).startsWith(lower)) {
                return CUT;
            }
            return FORM.matcher(lower).matches() ? OTHER_INTENT : FOREIGN;
        }
    }

    /**
     * Extracts the user's key from an echoed key.
     *
     * @param echo the {@code client_business_id} of an answer; may be null
     * @return the key without the random part; the echo itself when it has none, as the key of another program
     */
    public static String userKey(String echo) {
        if (echo == null) {
            return null;
        }
        Matcher ours = FORM.matcher(echo);
        return ours.matches() ? ours.group(1) : echo;
    }
}
