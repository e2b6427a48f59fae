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

/** Reads a webhook request from the message of any HTTP server: the body's bytes and three headers. */
final class WebhookRequestReader {
    private WebhookRequestReader() {}

    /**
     * Whether the content type is that of a form. HTTP servers parse forms, so that the signed bytes are lost. Other content
     * types do not matter.
     */
    static boolean isForm(Message message) {
        String type = header(message, Exchange.CONTENT_TYPE);
        String plain = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        return plain.startsWith("application/x-www-form-urlencoded") || plain.startsWith("multipart/");
    }

    /** Reads the body's bytes; empty when there are too many. Never through a String, which could change them. */
    static Optional<byte[]> read(Message message, int most) {
        byte[] bytes;
        if (message.getBody() instanceof byte[] existing) {
            bytes = existing;
        } else {
            try (InputStream stream = message.getBody(InputStream.class)) {
                bytes = stream == null ? new byte[0] : stream.readNBytes(most + 1);
            } catch (IOException e) {
                throw new UncheckedIOException("The body of a webhook request could not be read", e);
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

    /** A repeated header is one list, as in HTTP. */
    private static String header(Message message, String name) {
        Object value = message.getHeader(name);
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value == null ? null : value.toString();
    }
}
