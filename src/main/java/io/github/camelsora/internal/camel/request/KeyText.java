package io.github.camelsora.internal.camel.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.URL;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * Checks that a request key, and each part of it, has a stable text. An object without its own {@code toString} prints as
 * {@code java.lang.Object@1b2c}, which would be a new, paid key for each replay of a message.
 */
public final class KeyText {
    private KeyText() {}

    /** Why a value cannot be a key or a part of one; null when it can. */
    public static String fault(Exchange exchange, Object value) {
        if (value instanceof CharSequence || value instanceof byte[]) {
            String text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, value);
            return text == null || RequestText.withoutLeadingBlanks(text).isEmpty() ? "is empty" : null;
        }
        return isStable(value) || isKnown(exchange, value)
                ? null
                : "is a " + value.getClass().getName()
                        + ", which has no stable text, so that each replay would be paid for";
    }

    private static boolean isStable(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum
                || value instanceof UUID
                || value instanceof URI
                || value instanceof URL
                || value instanceof Locale
                || value instanceof ZoneId
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof Date
                || value instanceof JsonNode;
    }

    /** Whether Camel converts it to text, say a file or XPath nodes. A stream that can be read only once does not count. */
    private static boolean isKnown(Exchange exchange, Object value) {
        boolean isReadOnce =
                (value instanceof InputStream || value instanceof Reader) && !(value instanceof StreamCache);
        return !isReadOnce
                && exchange.getContext().getTypeConverterRegistry().lookup(String.class, value.getClass()) != null;
    }
}
