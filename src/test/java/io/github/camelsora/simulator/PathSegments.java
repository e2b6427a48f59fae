package io.github.camelsora.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Splits raw paths into segments before they are decoded, and never normalises them: an encoded slash stays inside its
 * segment, and two dots are an ordinary name.
 */
final class PathSegments {

    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private PathSegments() {}

    /** The decoded segments of a path; those of {@code /a//b/} are "a", "", "b", "". */
    static List<String> of(String rawPath) {
        if (!rawPath.startsWith("/")) {
            throw ApiErrorException.invalid("A path must begin with a slash");
        }
        return Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(PathSegments::decode)
                .toList();
    }

    static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(String.format("%02X", b));
            }
        }
        return encoded.toString();
    }

    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
            int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw ApiErrorException.invalid("Malformed percent-encoding in the path");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
