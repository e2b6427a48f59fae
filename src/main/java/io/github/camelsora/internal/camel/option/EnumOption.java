package io.github.camelsora.internal.camel.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Parses options that are enums; the error for a wrong word lists the right ones. */
public final class EnumOption {
    private EnumOption() {}

    /**
     * Parses a word in any case.
     *
     * @param option the name of the option
     * @param type the enum
     * @param word the word as the user wrote it
     * @throws IllegalArgumentException if the enum has no such constant; the message lists all
     */
    public static <E extends Enum<E>> E parse(String option, Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(EnumOption::asTyped)
                                .collect(Collectors.joining(", "))
                        + ", not '" + word + "'"));
    }

    /** As the documentation writes it: what is in capitals in Java is not for users. */
    private static String asTyped(Enum<?> value) {
        String lowerCase = value.name().toLowerCase(Locale.ROOT);
        return value.name().equals(lowerCase.toUpperCase(Locale.ROOT)) ? lowerCase : value.name();
    }
}
