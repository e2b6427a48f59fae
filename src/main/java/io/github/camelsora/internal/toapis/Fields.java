package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads fields as the service writes them: numbers as text, percentages with a sign, times in seconds. Absent is null. */
final class Fields {
    // Seconds stay below this until the year 5138; a larger number is in milliseconds.
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    private Fields() {}

    static String firstText(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
                return value.asText();
            }
        }
        return null;
    }

    static Instant firstInstant(JsonNode node, String... names) {
        for (String name : names) {
            Instant instant = instant(firstText(node, name));
            if (instant != null) {
                return instant;
            }
        }
        return null;
    }

    private static Instant instant(String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.chars().anyMatch(c -> c == ':')) {
                return Instant.parse(text);
            }
            long number = (long) Double.parseDouble(text);
            if (number <= 0) {
                return null;
            }
            return number < LARGEST_SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        } catch (NumberFormatException | DateTimeException e) {
            // An unreadable time must not make the task unreadable.
            return null;
        }
    }

    static Integer percent(JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            return null;
        }
        try {
            double percent = Double.parseDouble(value.asText().strip().replaceFirst("\\s*%$", ""));
            return Double.isNaN(percent) ? null : (int) Math.max(0, Math.min(100, percent));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
