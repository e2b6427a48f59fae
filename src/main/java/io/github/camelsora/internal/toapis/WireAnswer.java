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
import java.util.Map;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * A complete HTTP answer.
 *
 * @param status the HTTP status
 * @param retryAfter how long the service asks to wait; null when it does not
 * @param location the Location header; null when there is none
 * @param body the body
 */
record WireAnswer(int status, Duration retryAfter, String location, byte[] body) {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int SHORTEST_PROMPT = 12;

    // HttpClient's own parser of this form lacks the time zone, and parses none.
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static WireAnswer read(ClassicHttpResponse response) throws IOException {
        byte[] body = new byte[0];
        InputStream in =
                response.getEntity() == null ? null : response.getEntity().getContent();
        if (in != null) {
            // Not closed here: close would read an endless answer to its end.
            body = in.readNBytes(LARGEST);
            if (body.length == LARGEST) {
                throw new IOException("the answer is longer than " + LARGEST + " bytes");
            }
        }
        return new WireAnswer(response.getCode(), retryAfter(response), header(response, "Location"), body);
    }

    /** The same answer without a secret that it may echo, as in "Incorrect API key: …". */
    WireAnswer withoutSecret(String secret) {
        if (secret == null || secret.isBlank()) {
            return this;
        }
        // Latin-1 keeps each byte, whatever the body's charset.
        String text = new String(body, ISO_8859_1);
        String redacted = text.replace(new String(secret.getBytes(UTF_8), ISO_8859_1), "***");
        String target = location == null ? null : location.replace(secret, "***");
        return new WireAnswer(status, retryAfter, target, redacted.getBytes(ISO_8859_1));
    }

    /** The same answer without the prompt, which it may quote. A short prompt stays: it is a part of other words. */
    WireAnswer withoutPrompt(String prompt) {
        if (prompt == null || prompt.length() < SHORTEST_PROMPT) {
            return this;
        }
        String quoted = Json.write(Map.of("", prompt));
        String escaped = quoted.substring("{\"\":\"".length(), quoted.length() - "\"}".length());
        return withoutSecret(prompt).withoutSecret(escaped);
    }

    /** Whether further calls will be redirected, too. Redirects are not followed, so that key and request go to baseUrl only. */
    boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Describes the answer as a clause without a full stop. */
    String describe() {
        if (isRedirect()) {
            String target = location == null ? "to nowhere" : "to " + Redaction.of(location);
            // An HTML page of the redirect adds nothing.
            String reason = Json.readObject(body).isPresent() ? ": " + ApiError.ofBody(body) : "";
            return "HTTP " + status + reason + ", which redirects " + target
                    + ". Redirects are not followed: correct baseUrl";
        }
        return "HTTP " + status + ": " + ApiError.ofBody(body);
    }

    /** Whether a gateway or a proxy reports that the service behind it does not answer. Without a code of the service itself. */
    boolean isFromGateway() {
        boolean isGatewayStatus = status >= 502 && status <= 504 || status >= 520 && status <= 530;
        return isGatewayStatus && ApiError.ownCode(body) == null;
    }

    /**
     * Whether another API key may change the answer: 401, or a rejection whose words name the key. A 403 without such words may
     * mean a model or an address that is not allowed, which the next key does not change. A gateway in front of the service may
     * answer 401, too. It has not let the request through, so nothing was paid, and reading the key once more does no harm: the
     * request is repeated only if there is another key.
     */
    boolean isAboutKey() {
        return status == 401 || status >= 400 && status < 500 && ErrorKind.of(body) == ErrorKind.KEY;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Retry-After: seconds, or an HTTP date in any of its three forms (RFC 9110, 10.2.3 and 5.6.7). Null if missing or invalid. */
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
        // By the service's clock where it is known, since ours may be wrong.
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

    /** Null for an invalid date. */
    private static Instant date(String value) {
        Instant date = value == null ? null : DateUtils.parseStandardDate(value);
        return date == null && value != null ? DateUtils.parseDate(value, ASCTIME) : date;
    }
}
