package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.io.InputStream;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.MessageHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request in a message body: a {@link RemixRequest}, a map, or text that is a JSON object has fields; any other text is a
 * prompt.
 *
 * @param fields the fields of the request; without values when the body has none
 * @param text the body as a prompt; null when it is not a prompt
 */
public record RequestBodyParser(RemixRequest fields, String text) {
    /** The end of each message that rejects a submit before it is sent. */
    private static final String NOTHING_PAID = ". Nothing was sent and nothing was paid.";

    private static final Logger LOG = LoggerFactory.getLogger(RequestBodyParser.class);
    private static final RemixRequest NO_FIELDS = RemixRequest.of(null, null);
    private static final Set<String> FIELDS_OF_A_TASK = Set.of("id", "key", "status", "videos", "raw");
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    static RequestBodyParser read(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            return new RequestBodyParser(NO_FIELDS, null);
        }
        if (body instanceof RemixRequest request) {
            return new RequestBodyParser(request, null);
        }
        if (body instanceof VideoTask task) {
            return new RequestBodyParser(RemixRequest.of(task.id(), null), null);
        }
        if (body instanceof Map<?, ?> map) {
            return new RequestBodyParser(fields(map), null);
        }
        return ofText(text(exchange, body));
    }

    private static RequestBodyParser ofText(String text) {
        if (text == null) {
            return new RequestBodyParser(NO_FIELDS, null);
        }
        // The byte order mark is no part of the prompt.
        String words = text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        return RequestText.fields(words)
                .map(object -> new RequestBodyParser(fields(object), null))
                .orElseGet(() -> new RequestBodyParser(NO_FIELDS, words));
    }

    /** Only types that Camel converts to text: a prompt like com.acme.Order@1b2c would be paid for, too. */
    private static String text(Exchange exchange, Object body) {
        boolean isText = body instanceof CharSequence
                || body instanceof Number
                || body instanceof WrappedFile
                || body instanceof StreamCache
                || hasConverter(exchange.getContext(), body);
        if (!isText) {
            return null;
        }
        Message message = exchange.getMessage();
        if (body instanceof InputStream && !(body instanceof StreamCache)) {
            // It can be read only once, and a dead letter should still have its bytes.
            message.setBody(message.getBody(byte[].class));
        }
        String text = decoded(message);
        if (body instanceof StreamCache) {
            MessageHelper.resetStreamCache(message);
        } else if (body instanceof Reader) {
            message.setBody(text);
        }
        return text;
    }

    /** The body as text, in the charset that the exchange names, or UTF-8. */
    private static String decoded(Message message) {
        String text;
        try {
            text = message.getBody(String.class);
        } catch (TypeConversionException e) {
            throw rejected("The body cannot be read as text: " + e.getMessage()
                    + ". If it is not in UTF-8, name its charset" + " in the exchange property CamelCharsetName");
        }
        boolean isText = text == null || message.getBody() instanceof CharSequence || text.indexOf(REPLACEMENT) < 0;
        if (!isText) {
            throw rejected("The body is not text in " + ExchangeHelper.getCharsetName(message.getExchange())
                    + ". Convert it, or name its charset in the exchange property CamelCharsetName");
        }
        return text;
    }

    private static boolean hasConverter(CamelContext context, Object body) {
        return context.getTypeConverterRegistry().lookup(String.class, body.getClass()) != null;
    }

    private static RemixRequest fields(Map<?, ?> map) {
        if (map.keySet().containsAll(FIELDS_OF_A_TASK)) {
            // A task as JSON, say from another JVM: only its id counts, not its model and other fields.
            return RemixRequest.of(text("id", map.get("id")), null);
        }
        RequestText.checkNames(map.keySet());
        if (map.keySet().stream().noneMatch(RequestText.FIELDS::contains)) {
            throw rejected("The body is an object with fields " + map.keySet() + ", but none of a request: "
                    + String.join(", ", RequestText.FIELDS.stream().sorted().toList()));
        }
        Map<String, Object> more = new LinkedHashMap<>();
        map.forEach((name, value) -> more.put(String.valueOf(name), value));
        for (String ours : SubmitRequest.OUR_FIELDS) {
            if (more.remove(ours) != null) {
                LOG.warn(
                        "Field {} of a request body is ignored, because this component fills it itself. The header {} sets"
                                + " the key of a request.",
                        ours,
                        SoraConstants.REQUEST_KEY);
            }
        }
        return new RemixRequest(
                text("video_id", more.remove("video_id")),
                text("prompt", more.remove("prompt")),
                text("model", more.remove("model")),
                seconds("duration", more.remove("duration")),
                text("aspect_ratio", more.remove("aspect_ratio")),
                more);
    }

    private static String text(String name, Object value) {
        if (value == null || value instanceof CharSequence) {
            return value == null ? null : value.toString();
        }
        throw rejected(
                "Field " + name + " must be text, not " + value.getClass().getSimpleName());
    }

    /** Whole seconds, as a number or as text like {@code 15} or {@code 15s}; null for null. */
    public static Integer seconds(String name, Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString().strip();
        return Optional.of(text.endsWith("s") ? text.substring(0, text.length() - 1) : text)
                .filter(digits -> digits.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .orElseThrow(() -> rejected(
                        "'" + text + "' is not a " + name + ": it is a whole number of seconds, written 15 or 15s"));
    }

    /** Reads a part of a submit; turns an invalid value into the rejection of the submit. */
    public static <T> T orReject(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw rejected(e.getMessage());
        }
    }

    public static BadRequestException rejected(String reason) {
        return new BadRequestException(reason + NOTHING_PAID, About.NOTHING_SENT, null);
    }
}
