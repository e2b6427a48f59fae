package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Message;

/**
 * Finds a request whose source is the address of a video that has expired: the service would accept it, and its task would fail.
 * What is known is in the headers that the step before has written. A source that is named by its id is not refused: the contract
 * says that addresses expire, not ids.
 */
public final class ExpiredSource {
    private ExpiredSource() {}

    /**
     * Why a request must not be sent.
     *
     * @param message the message with the headers of the source
     * @param now the time of the ledger
     * @return the reason, as a sentence without the address; empty when nothing speaks against it
     */
    public static Optional<String> reason(Message message, SubmitRequest request, Instant now) {
        String address = message.getHeader(SoraConstants.VIDEO_URL, String.class);
        return Optional.ofNullable(address)
                .filter(url -> contains(request.fields(), url))
                .map(url -> expiry(message.getHeader(SoraConstants.EXPIRES_AT)))
                .filter(expiry -> !expiry.isAfter(now))
                .map(expiry -> "The source of this request is the address of the video of task "
                        + message.getHeader(SoraConstants.TASK_ID, String.class) + ", which has expired at " + expiry
                        + " (header CamelSoraExpiresAt)");
    }

    private static boolean contains(Object value, String text) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(item -> contains(item, text));
        }
        return value instanceof List<?> list
                ? list.stream().anyMatch(item -> contains(item, text))
                : text.equals(value);
    }

    /** As text after a step that has turned headers into text, such as JMS. */
    private static Instant expiry(Object header) {
        try {
            return header == null || header instanceof Instant ? (Instant) header : Instant.parse(header.toString());
        } catch (DateTimeException e) {
            // Not one of ours, so nothing is known.
            return null;
        }
    }
}
