package io.github.camelsora;

import io.github.camelsora.api.RemixRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;

/**
 * Puts a request together from body, headers and options; what is found first wins, in that order. A text body is the
 * prompt only when there is no other.
 */
final class RequestReader {
    private static final List<String> REQUEST_HEADERS = List.of(
            SoraConstants.VIDEO_ID,
            SoraConstants.PROMPT,
            SoraConstants.MODEL,
            SoraConstants.DURATION,
            SoraConstants.ASPECT_RATIO,
            SoraConstants.REQUEST_KEY,
            SoraConstants.TAG,
            SoraConstants.TENANT);

    private static final int LONGEST_KEY = 500;

    private final SoraConfiguration configuration;
    private final Expression requestKey;

    RequestReader(SoraConfiguration configuration, Expression requestKey) {
        this.configuration = configuration;
        this.requestKey = requestKey;
    }

    /** The request of a message. */
    RemixRequest read(Exchange exchange) {
        Message message = exchange.getMessage();
        RequestBody body = RequestBody.read(exchange);
        RemixRequest fields = body.fields();
        Integer duration = fields.duration() != null
                ? fields.duration()
                : RequestBody.seconds(
                        "duration", first(message.getHeader(SoraConstants.DURATION), configuration.getDuration()));
        return new RemixRequest(
                first(fields.videoId(), header(message, SoraConstants.VIDEO_ID), configuration.getVideoId()),
                first(fields.prompt(), header(message, SoraConstants.PROMPT), configuration.getPrompt(), body.text()),
                first(fields.model(), header(message, SoraConstants.MODEL), configuration.getModel()),
                duration,
                first(
                        fields.aspectRatio(),
                        header(message, SoraConstants.ASPECT_RATIO),
                        configuration.getAspectRatio()),
                fields.more());
    }

    /** The user's key of a message; null when there is none. */
    String readKey(Exchange exchange) {
        String key = header(exchange.getMessage(), SoraConstants.REQUEST_KEY);
        if (key == null && requestKey == null) {
            return null;
        }
        String given = key != null ? key : requestKey.evaluate(exchange, String.class);
        if (given == null || given.isBlank()) {
            // A new key in its place would be paid for each time, which is what the user meant to prevent.
            throw RequestBody.refused("The request key is empty (header CamelSoraRequestKey, option requestKey)");
        }
        if (given.length() > LONGEST_KEY) {
            throw RequestBody.refused("The request key has " + given.length() + " characters, and at most "
                    + LONGEST_KEY + " are kept (header CamelSoraRequestKey, option requestKey)");
        }
        return given;
    }

    /** Takes the headers of a request off, so that the next step does not inherit them. */
    static void takeOff(Message message) {
        REQUEST_HEADERS.forEach(message::removeHeader);
    }

    private static String header(Message message, String name) {
        return message.getHeader(name, String.class);
    }

    @SafeVarargs
    private static <T> T first(T... candidates) {
        for (T candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }
}
