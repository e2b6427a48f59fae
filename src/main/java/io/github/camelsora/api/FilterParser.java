package io.github.camelsora.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the text of a {@link TaskFilter}, for one use. */
final class FilterParser {
    private static final Pattern DURATION = Pattern.compile("(?:\\d{1,6}[wdhms])+");
    private static final Pattern PART_OF_DURATION = Pattern.compile("(\\d+)([wdhms])");
    private static final int DAYS_OF_A_WEEK = 7;

    private final String search;
    private final Instant now;
    private int position;

    private final List<String> texts = new ArrayList<>();
    private final Set<TaskState> states = EnumSet.noneOf(TaskState.class);
    private final Map<FilterWord, String> values = new EnumMap<>(FilterWord.class);

    FilterParser(String search, Instant now) {
        this.search = search;
        this.now = now;
    }

    TaskFilter parse() {
        for (skipSpaces(); position < search.length(); skipSpaces()) {
            String word = readWord();
            String value = isAt('"') ? readQuoted() : readPlain();
            if (word == null) {
                texts.add(value);
            } else {
                add(known(word, value), value);
            }
        }
        return new TaskFilter(
                values.get(FilterWord.ACCOUNT),
                states,
                values.get(FilterWord.TAG),
                values.get(FilterWord.TENANT),
                values.get(FilterWord.MODEL),
                values.get(FilterWord.CORRELATION),
                texts.isEmpty() ? null : String.join(" ", texts),
                time(FilterWord.OLDER),
                time(FilterWord.YOUNGER));
    }

    private boolean isAt(char wanted) {
        return position < search.length() && search.charAt(position) == wanted;
    }

    private boolean isAtSpaceOrEnd() {
        return position >= search.length() || Character.isWhitespace(search.charAt(position));
    }

    private void skipSpaces() {
        while (position < search.length() && isAtSpaceOrEnd()) {
            position++;
        }
    }

    /** What is before a colon; null where there is none, and then nothing was read. */
    private String readWord() {
        int start = position;
        while (!isAtSpaceOrEnd() && !isAt(':') && !isAt('"')) {
            position++;
        }
        if (isAt(':')) {
            return search.substring(start, position++);
        }
        position = start;
        return null;
    }

    private String readPlain() {
        int start = position;
        while (!isAtSpaceOrEnd()) {
            position++;
        }
        return search.substring(start, position);
    }

    private String readQuoted() {
        int start = position++;
        StringBuilder value = new StringBuilder();
        while (position < search.length() && !isAt('"')) {
            if (isAt('\\')) {
                position++;
            }
            if (position < search.length()) {
                value.append(search.charAt(position++));
            }
        }
        if (position++ >= search.length() || !isAtSpaceOrEnd()) {
            throw new IllegalArgumentException("This quoted value has no end, or no space behind it: "
                    + search.substring(start) + ". Within quotes write \\\" for a quote and \\\\ for a backslash");
        }
        return value.toString();
    }

    private static FilterWord known(String word, String value) {
        return FilterWord.of(word)
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no search word '" + word + ":'. The words are "
                                + FilterWord.all() + ". If this is a text to search for, put it in quotes: "
                                + FilterWord.quoted(word + ":" + value)));
    }

    private void add(FilterWord word, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The search word " + word + " has no value");
        }
        if (word == FilterWord.STATE) {
            Stream.of(value.split(",", -1)).map(FilterParser::state).forEach(states::add);
        } else if (values.putIfAbsent(word, value) != null) {
            throw new IllegalArgumentException("The search word " + word + " is given twice");
        }
    }

    private static TaskState state(String name) {
        String constant = name.strip().replace('-', '_').toUpperCase(Locale.ROOT);
        return Stream.of(TaskState.values())
                .filter(state -> state.name().equals(constant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no state '" + name + "'. The states are "
                        + Stream.of(TaskState.values()).map(FilterWord::nameOf).collect(Collectors.joining(", "))));
    }

    private Instant time(FilterWord word) {
        String value = values.get(word);
        if (value == null) {
            return null;
        }
        try {
            String duration = value.toLowerCase(Locale.ROOT);
            return DURATION.matcher(duration).matches() ? now.minus(duration(duration)) : Instant.parse(value);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The search word " + word + " takes a duration, as in 90s, 10m, 1h30m, 2d or 1w, or a time, as in "
                            + "2026-01-14T12:00:00Z, not '" + value + "'",
                    e);
        }
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART_OF_DURATION.matcher(text);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "w" -> Duration.ofDays(number * DAYS_OF_A_WEEK);
                        case "d" -> Duration.ofDays(number);
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofSeconds(number);
                    });
        }
        return sum;
    }
}
