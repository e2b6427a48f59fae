package io.github.camelsora.internal.camel.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads options that are one of a few words, and answers a wrong one with the right ones. */
public final class EnumOption {
    private EnumOption() {}

    /**
     * Reads a word.
     *
     * @param option what the option is called
     * @param type the words, which users may write in any case
     * @param word as the user wrote it
     * @throws IllegalArgumentException if it is none of them; the message lists them
     */
    public static <E extends Enum<E>> E parse(String option, Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", not '" + word + "'"));
    }
}
