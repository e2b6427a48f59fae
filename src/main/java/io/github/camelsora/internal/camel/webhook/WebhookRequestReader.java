package io.github.camelsora.internal.camel.webhook;

import io.github.camelsora.internal.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Reads a webhook out of a message of whatever HTTP server: bytes and three headers, and nothing else. */
final class WebhookRequestReader {
    private WebhookRequestReader() {}

    /**
     * Whether it says that it is a form. HTTP servers take those to pieces, so that the bytes that were signed are not there any
     * more. Any other type says nothing.
     */
    static boolean isForm(Message message) {
        String type = header(message, Exchange.CONTENT_TYPE);
        String plain = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        return plain.startsWith("application/x-www-form-urlencoded") || plain.startsWith("multipart/");
    }

    /** The bytes as they came; empty when there are more than allowed. Never through a String, which would change some. */
    static Optional<byte[]> read(Message message, int most) {
        byte[] bytes;
        if (message.getBody() instanceof byte[] there) {
            bytes = there;
        } else {
            try (InputStream stream = message.getBody(InputStream.class)) {
                bytes = stream == null ? new byte[0] : stream.readNBytes(most + 1);
            } catch (IOException e) {
                throw new UncheckedIOException("The body of a webhook could not be read", e);
            }
        }
        return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    }

    static WebhookRequest request(Message message, byte[] body) {
        return new WebhookRequest(
                header(message, WebhookRequest.ID_HEADER),
                header(message, WebhookRequest.TIMESTAMP_HEADER),
                header(message, WebhookRequest.SIGNATURE_HEADER),
                body);
    }

    /** One that came several times is one list, as HTTP has it. */
    private static String header(Message message, String name) {
        Object value = message.getHeader(name);
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value == null ? null : value.toString();
    }
}
