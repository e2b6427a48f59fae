package io.github.camelsora.internal.toapis;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that travels with a request as {@code client_business_id}: the user's key, a tilde, and ten characters that are
 * drawn anew for each intent. A key may be paid under again after {@code retry} or {@code forget}; by the ten characters an
 * answer about the earlier task is not taken for one about the later.
 */
public final class WireKey {
    private static final int DRAWN = 10;
    private static final int BASE = 36;
    private static final long DRAWS = (long) Math.pow(BASE, DRAWN);
    private static final Pattern FORM = Pattern.compile("(?s)(.+)~[0-9a-z]{" + DRAWN + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private WireKey() {}

    /**
     * Makes a wire key that no other intent has.
     *
     * @param key the user's key
     * @return the key to send
     */
    public static String newFor(String key) {
        String drawn = Long.toString(RANDOM.nextLong(DRAWS), BASE);
        return key + "~" + "0".repeat(DRAWN - drawn.length()) + drawn;
    }

    /** What an echo says of the intent that it comes from. */
    public enum Echo {
        /** It is the wire key of this intent, whatever became of the characters of the user's key. */
        SAME,
        /** It is the beginning of this wire key: a service may cut a key that is too long for it. */
        CUT,
        /** It is the wire key of another intent. */
        OTHER_INTENT,
        /** It is the key of another program, or a number of the gateway's own. */
        FOREIGN;

        /**
         * Compares an echo with the wire key of an intent.
         *
         * @param echo the {@code client_business_id} of an answer
         * @param wireKey the key of the intent
         * @return what the echo says
         */
        public static Echo of(String echo, String wireKey) {
            String drawn = wireKey.substring(wireKey.lastIndexOf('~'));
            String lower = echo.toLowerCase(Locale.ROOT);
            if (lower.endsWith(drawn)) {
                return SAME;
            }
            if (wireKey.toLowerCase(Locale.ROOT).startsWith(lower)) {
                return CUT;
            }
            return FORM.matcher(lower).matches() ? OTHER_INTENT : FOREIGN;
        }
    }

    /**
     * The user's key in what the service echoes.
     *
     * @param echo the {@code client_business_id} of an answer; may be null
     * @return the key without the part that was drawn; the echo itself when it has none, as the key of another program
     */
    public static String userKey(String echo) {
        if (echo == null) {
            return null;
        }
        Matcher ours = FORM.matcher(echo);
        return ours.matches() ? ours.group(1) : echo;
    }
}
