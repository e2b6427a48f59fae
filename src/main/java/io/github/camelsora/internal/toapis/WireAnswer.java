package io.github.camelsora.internal.toapis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * An HTTP answer, read to its end.
 *
 * @param status the HTTP status
 * @param retryAfter how long the service asks to wait; null when it does not
 * @param location where it redirects to; null when it does not say
 * @param body the body
 */
record WireAnswer(int status, Duration retryAfter, String location, byte[] body) {
    private static final int LARGEST = 4 * 1024 * 1024;

    // The client's own reader of this form lacks the time zone, and reads none.
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static WireAnswer read(ClassicHttpResponse response) throws IOException {
        byte[] body = new byte[0];
        InputStream in =
                response.getEntity() == null ? null : response.getEntity().getContent();
        if (in != null) {
            // Not closed here: to close it would mean to read an endless answer to its end.
            body = in.readNBytes(LARGEST);
            if (body.length == LARGEST) {
                throw new IOException("the answer is longer than " + LARGEST + " bytes");
            }
        }
        return new WireAnswer(response.getCode(), retryAfter(response), header(response, "Location"), body);
    }

    /** The same answer without a secret that it may repeat, as in "Incorrect API key: …". */
    WireAnswer withoutSecret(String secret) {
        if (secret == null || secret.isBlank()) {
            return this;
        }
        // Latin-1 keeps each byte, whatever the body is made of.
        String text = new String(body, ISO_8859_1);
        String redacted = text.replace(new String(secret.getBytes(UTF_8), ISO_8859_1), "***");
        String target = location == null ? null : location.replace(secret, "***");
        return new WireAnswer(status, retryAfter, target, redacted.getBytes(ISO_8859_1));
    }

    /** Whether each further call would be redirected, too. None is followed: the API key and the request stay here. */
    boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** What was answered, in words that end no sentence. */
    String describe() {
        if (isRedirect()) {
            String target = location == null ? "to nowhere" : "to " + Redaction.of(location);
            // A page that only says so in HTML adds nothing.
            String reason = Json.readObject(body).isPresent() ? ": " + ApiError.ofBody(body) : "";
            return "HTTP " + status + reason + ", which redirects " + target
                    + ". That is not followed: correct baseUrl, so that it leads there by itself";
        }
        return "HTTP " + status + ": " + ApiError.ofBody(body);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Seconds, or an HTTP date in any of its three forms (RFC 9110, sections 10.2.3 and 5.6.7). One that cannot be read is as good as none. */
    private static Duration retryAfter(ClassicHttpResponse response) {
        String value = header(response, "Retry-After");
        if (value == null) {
            return null;
        }
        try {
            if (value.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
        } catch (NumberFormatException e) {
            return null;
        }
        Instant until = date(value);
        if (until == null) {
            return null;
        }
        // By the clock of the service, where it is known: ours may be wrong.
        Instant sent = date(header(response, "Date"));
        Duration wait = Duration.between(sent == null ? Instant.now() : sent, until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? null
                : header.getValue().strip();
    }

    /** Null for what is none. */
    private static Instant date(String value) {
        Instant date = value == null ? null : DateUtils.parseStandardDate(value);
        return date == null && value != null ? DateUtils.parseDate(value, ASCTIME) : date;
    }
}
