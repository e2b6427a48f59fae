package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer, which may be broken on purpose. {@code declared} is the value of Content-Length, {@link #NO_LENGTH} for
 * chunks without a length. {@code sent} is the number of bytes of the body that are sent; if it differs from the declared
 * length the connection is closed afterwards. {@code pause} is the time before each byte.
 */
record Answer(int status, Map<String, String> headers, byte[] body, long declared, int sent, Duration pause) {

    static final long NO_LENGTH = -1;

    /** No byte is sent: the connection is closed. */
    static final Answer NOTHING = new Answer(0, Map.of(), new byte[0], 0, 0, Duration.ZERO);

    static Answer of(int status, Map<String, String> headers, byte[] body) {
        return new Answer(status, headers, body, body.length, body.length, Duration.ZERO);
    }

    static Answer json(int status, JsonNode body) {
        return text(status, "application/json", Json.write(body));
    }

    static Answer text(int status, String contentType, String body) {
        return of(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that a test has written; headers as {@code "Name: value"}, JSON unless a header says otherwise. */
    static Answer canned(int status, String body, String... headers) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("An HTTP status is 200 to 599, not " + status);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (!body.isEmpty()) {
            fields.put("Content-Type", "application/json");
        }
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1 || header.indexOf('\n') >= 0 || header.indexOf('\r') >= 0) {
                throw new IllegalArgumentException(
                        "A header must look like 'Retry-After: 1', not like '" + header + "'");
            }
            String name = header.substring(0, colon).trim();
            if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
                throw new IllegalArgumentException(
                        name + " is set by the simulator; see wrongLength and withoutLength");
            }
            fields.keySet().removeIf(name::equalsIgnoreCase);
            fields.put(name, header.substring(colon + 1).trim());
        }
        return of(status, Map.copyOf(fields), body.getBytes(StandardCharsets.UTF_8));
    }

    /** This answer with more headers. */
    Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, body, declared, sent, pause);
    }

    /** This answer, cut in the middle of its body. */
    Answer half() {
        return new Answer(status, headers, body, Math.max(2, body.length), body.length / 2, pause);
    }

    /** This answer with a Content-Length that differs from the true one by so many bytes. */
    Answer misdeclared(int difference) {
        return new Answer(status, headers, body, Math.max(0, body.length + (long) difference), body.length, pause);
    }

    /** This answer in chunks, without a Content-Length. */
    Answer undeclared() {
        return new Answer(status, headers, body, NO_LENGTH, sent, pause);
    }

    /** This answer with a pause before each byte. */
    Answer dripping(Duration longPause) {
        return new Answer(status, headers, body, declared, sent, longPause);
    }

    boolean keepsAlive() {
        boolean closes = headers.entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Connection")
                        && header.getValue().equalsIgnoreCase("close"));
        return !closes && isHonest();
    }

    private boolean isHonest() {
        return sent == body.length && (declared == NO_LENGTH || declared == body.length);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
