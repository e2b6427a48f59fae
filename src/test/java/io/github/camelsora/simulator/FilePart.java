package io.github.camelsora.simulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** A file, or the requested range of it (RFC 9110, sections 13.1.5 and 14). */
final class FilePart {
    private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");

    private FilePart() {}

    static Answer of(ReceivedRequest request, Settings settings, byte[] plain, String type) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
        byte[] file = settings.fileEncoding == null ? plain : settings.fileEncoding.encode(plain);
        if (settings.fileEncoding != null) {
            headers.put("Content-Encoding", settings.fileEncoding.word());
        }
        String tag = tag(file);
        if (settings.isTagged) {
            headers.put("ETag", tag);
        }
        if (settings.ranges == RangeSupport.WHOLE_AS_PART) {
            headers.put("Content-Range", "bytes 0-" + (file.length - 1) + "/" + file.length);
            return Answer.of(206, headers, file);
        }
        Optional<Matcher> range = request.header("Range").map(FROM::matcher).filter(Matcher::matches);
        boolean isCurrent = settings.ranges == RangeSupport.IGNORES_IF_RANGE
                || request.header("If-Range").map(tag::equals).orElse(true);
        if (range.isEmpty() || !isCurrent || settings.ranges == RangeSupport.OFF) {
            return Answer.of(200, headers, file);
        }
        int first = settings.ranges == RangeSupport.WRONG_START
                ? 1
                : Integer.parseInt(range.get().group(1));
        if (first >= file.length) {
            headers.put("Content-Range", "bytes */" + file.length);
            return Answer.of(416, headers, new byte[0]);
        }
        String last = range.get().group(2);
        int end = last.isEmpty() ? file.length : Math.min(file.length, Integer.parseInt(last) + 1);
        headers.put("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + file.length);
        return Answer.of(206, headers, Arrays.copyOfRange(file, first, end));
    }

    private static String tag(byte[] file) {
        CRC32 sum = new CRC32();
        sum.update(file);
        return "\"" + Long.toHexString(sum.getValue()) + "-" + file.length + "\"";
    }
}
