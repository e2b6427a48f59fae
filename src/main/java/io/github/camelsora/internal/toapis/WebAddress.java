package io.github.camelsora.internal.toapis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes addresses as a browser does: strips surrounding blanks, drops line breaks and tabs, encodes blanks inside, and
 * turns backslashes into slashes. All other characters stay as they were signed.
 */
final class WebAddress {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)(https?:)[/\\\\]+([^/\\\\?#]+)(.*)");
    private static final Pattern PATH = Pattern.compile("[^?#]*");

    private WebAddress() {}

    /** An absolute http or https address; null when the text is anything else. */
    static String absolute(String text) {
        Matcher parts = ABSOLUTE.matcher(withoutBreaks(text));
        if (!parts.matches() || parts.group(2).chars().anyMatch(WebAddress::isBlank)) {
            return null;
        }
        return parts.group(1) + "//" + parts.group(2) + encoded(parts.group(3));
    }

    /** An address that begins with a slash, resolved against the service that answered; null when the text is anything else. */
    static String relative(String text, BaseUrl base) {
        String path = withoutBreaks(text).replace('\\', '/');
        if (!path.startsWith("/") || path.length() == 1) {
            return null;
        }
        return absolute(path.startsWith("//") ? base.scheme() + ":" + path : base.origin() + path);
    }

    private static String withoutBreaks(String text) {
        return text.strip().replaceAll("[\t\r\n]", "");
    }

    private static String encoded(String rest) {
        Matcher path = PATH.matcher(rest);
        int queryAt = path.lookingAt() ? path.end() : 0;
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (isBlank(c)) {
                encoded.append(String.format("%%%02X", (int) c));
            } else {
                encoded.append(c == '\\' && i < queryAt ? '/' : c);
            }
        }
        return encoded.toString();
    }

    /** Blanks and control characters. */
    private static boolean isBlank(int c) {
        return c <= ' ' || c == 0x7f;
    }
}
