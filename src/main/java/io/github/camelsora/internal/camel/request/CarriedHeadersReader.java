package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.internal.camel.option.OptionExpression;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.toapis.Json;
import io.github.camelsora.internal.trace.TraceContext;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.PatternHelper;

/** Reads the labels of a task from a message: its tag, its correlation id, its trace, and the headers that carryHeaders selects. */
public final class CarriedHeadersReader {
    private final OptionExpression tag;
    private final OptionExpression correlationId;
    private final String[] patterns;

    /**
     * Creates a reader.
     *
     * @param tag the option that says the tag
     * @param correlationId the option that says the correlation id
     * @param carryHeaders the names of headers to carry along, separated by commas; null for none
     */
    public CarriedHeadersReader(OptionExpression tag, OptionExpression correlationId, String carryHeaders) {
        this.tag = tag;
        this.correlationId = correlationId;
        patterns = carryHeaders == null || carryHeaders.isBlank()
                ? new String[0]
                : carryHeaders.strip().split("\\s*,\\s*");
    }

    /**
     * Reads the labels of a message.
     *
     * @throws IllegalArgumentException if a label cannot be stored; the caller makes the message of the reason
     */
    public TaskLabels read(Exchange exchange) {
        Message message = exchange.getMessage();
        String header = message.getHeader(SoraConstants.TAG, String.class);
        return new TaskLabels(
                checked(header != null ? header : tag.read(exchange)),
                carried(message),
                new TaskOrigin(
                        null,
                        null,
                        null,
                        TaskOrigin.NORMAL_PRIORITY,
                        CorrelationId.read(exchange, correlationId),
                        TraceContext.read(message.getHeader(TraceContext.HEADER, String.class))));
    }

    private static String checked(String tag) {
        if (tag != null && tag.length() > TaskLabels.LONGEST_TAG) {
            throw new IllegalArgumentException("The tag has " + tag.length() + " characters; at most "
                    + TaskLabels.LONGEST_TAG + " can be stored (header CamelSoraTag, option tag)");
        }
        return TextCheck.requireIntact("The tag", tag);
    }

    private Map<String, Object> carried(Message message) {
        if (patterns.length == 0) {
            return Map.of();
        }
        Map<String, Object> carried = new LinkedHashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (value != null && !isCamels(name) && PatternHelper.matchPatterns(name, patterns)) {
                carried.put(name, plain(name, value));
            }
        });
        TextCheck.requireInAll("the headers that are carried along", carried, TextCheck::requireStorable);
        // In the form in which any ledger returns it.
        return Json.readMap(Json.write(carried)).orElseThrow();
    }

    /** Camel's own headers control components, and must not control those of a later exchange. */
    private static boolean isCamels(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("camel");
    }

    private static Object plain(String name, Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof Enum
                || value instanceof TemporalAccessor
                || value instanceof UUID
                || value instanceof URI) {
            return value.toString();
        }
        if (value instanceof Date date) {
            // Not by toInstant, which java.sql.Date does not support.
            return Instant.ofEpochMilli(date.getTime()).toString();
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(element == null ? null : plain(name, element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach(
                    (key, element) -> plain.put(String.valueOf(key), element == null ? null : plain(name, element)));
            return plain;
        }
        throw new IllegalArgumentException(
                "Header '" + name + "' is a " + value.getClass().getName()
                        + ", which the ledger cannot store: remove it from carryHeaders, or convert it to text first");
    }
}
