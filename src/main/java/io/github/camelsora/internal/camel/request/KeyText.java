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
 * Holds a request key, and what it is made of, to having the same text each time. An object without a text of its own prints
 * as {@code java.lang.Object@1b2c}, which is a new key, and is paid for, each time that a message comes again.
 */
public final class KeyText {
    private KeyText() {}

    /** What keeps a value from being a key or a part of one, in words; null when nothing does. */
    public static String fault(Exchange exchange, Object value) {
        if (value instanceof CharSequence || value instanceof byte[]) {
            String text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, value);
            return text == null || RequestText.withoutLeadingBlanks(text).isEmpty() ? "is empty" : null;
        }
        return isStable(value) || isKnown(exchange, value)
                ? null
                : "is a " + value.getClass().getName()
                        + ", which has no text that is the same each time, so that each replay would be paid for";
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

    /** What Camel has a converter to text for, say a file or the nodes of an XPath; what can be read only once has no text twice. */
    private static boolean isKnown(Exchange exchange, Object value) {
        boolean isReadOnce =
                (value instanceof InputStream || value instanceof Reader) && !(value instanceof StreamCache);
        return !isReadOnce
                && exchange.getContext().getTypeConverterRegistry().lookup(String.class, value.getClass()) != null;
    }
}
