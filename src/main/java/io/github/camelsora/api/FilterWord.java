package io.github.camelsora.api;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a search, and how a {@link TaskFilter} is written with them. */
enum FilterWord {
    ACCOUNT,
    STATE,
    TAG,
    TENANT,
    MODEL,
    CORRELATION,
    OLDER,
    YOUNGER;

    /** What needs no quotes, with or without a word before it. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_.;~/+@#=%*-]+");

    static Optional<FilterWord> of(String word) {
        return Stream.of(values())
                .filter(known -> known.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** All words, for a message. */
    static String all() {
        return Stream.of(values()).map(FilterWord::toString).collect(Collectors.joining(", "));
    }

    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** As it is typed, with its colon. */
    @Override
    public String toString() {
        return nameOf(this) + ":";
    }

    /** The text that {@link FilterParser} reads the filter from. */
    static String write(TaskFilter filter) {
        StringJoiner search = new StringJoiner(" ");
        ACCOUNT.write(filter.account(), search);
        if (!filter.states().isEmpty()) {
            search.add(filter.states().stream()
                    .map(FilterWord::nameOf)
                    .collect(Collectors.joining(",", STATE.toString(), "")));
        }
        TAG.write(filter.tag(), search);
        TENANT.write(filter.tenant(), search);
        MODEL.write(filter.model(), search);
        CORRELATION.write(filter.correlationId(), search);
        OLDER.write(filter.createdBefore(), search);
        YOUNGER.write(filter.createdAfter(), search);
        if (filter.text() != null) {
            search.add(value(filter.text()));
        }
        return search.toString();
    }

    private void write(Object value, StringJoiner search) {
        if (value != null) {
            search.add(this + (value instanceof String text ? value(text) : value.toString()));
        }
    }

    private static String value(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
