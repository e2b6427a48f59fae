package io.github.camelsora.internal.download;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Content-Range header: which bytes of the file an answer holds (RFC 9110, section 14.4).
 *
 * @param first the first byte; -1 when the answer holds none
 * @param last the last byte; -1 when the answer holds none
 * @param total the length of the whole file in bytes; -1 when the host does not say
 */
record ContentRange(long first, long last, long total) {
    private static final Pattern FORM =
            Pattern.compile("(?i)\\s*bytes\\s+(?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)\\s*");

    /** Whether the answer holds all of the file. */
    boolean isWhole() {
        return first == 0 && last == total - 1;
    }

    /** Parses the header; empty for null and for an invalid value. */
    static Optional<ContentRange> read(String header) {
        Matcher matcher = FORM.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
        if (matcher.group(1) == null) {
            return Optional.of(new ContentRange(-1, -1, total));
        }
        ContentRange range =
                new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), total);
        boolean isSound = range.first <= range.last && (total < 0 || range.last < total);
        return isSound ? Optional.of(range) : Optional.empty();
    }
}
