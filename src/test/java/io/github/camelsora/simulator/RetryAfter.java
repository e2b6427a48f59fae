package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** How a 429 says when to retry. */
public enum RetryAfter {
    /** {@code Retry-After: 7}. */
    SECONDS {
        @Override
        Map<String, String> header(Instant now, Duration wait) {
            return Map.of(NAME, Long.toString(wholeSeconds(wait)));
        }
    },
    /** {@code Retry-After: Wed, 14 Jan 2026 12:00:07 GMT}, together with a {@code Date}. */
    DATE {
        @Override
        Map<String, String> header(Instant now, Duration wait) {
            // A date has no fractions of a second: round up both the present and the wait, so that it is not too early.
            Instant when = now.plusMillis(999).plusSeconds(wholeSeconds(wait));
            return Map.of(NAME, date(when), "Date", date(now));
        }
    },
    /** Not at all. */
    ABSENT {
        @Override
        Map<String, String> header(Instant now, Duration wait) {
            return Map.of();
        }
    };

    private static final String NAME = "Retry-After";

    abstract Map<String, String> header(Instant now, Duration wait);

    private static String date(Instant when) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(when.atOffset(ZoneOffset.UTC));
    }

    static long wholeSeconds(Duration wait) {
        return wait.plusNanos(999_999_999).toSeconds();
    }
}
