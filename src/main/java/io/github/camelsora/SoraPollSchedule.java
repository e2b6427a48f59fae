package io.github.camelsora;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** When a running task is asked for: the values of the option {@code pollSchedule}. */
enum SoraPollSchedule {
    /** When it is likely to have ended, by how long the last tasks of the same model and length took. */
    LEARNED,
    /** After {@code pollInitialDelay}, then every {@code pollInterval}. */
    FIXED;

    /**
     * Reads a value.
     *
     * @param name as users write it, in any case
     * @return the value
     * @throws IllegalArgumentException if there is no such value; the message lists them
     */
    static SoraPollSchedule parse(String name) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("pollSchedule is one of "
                        + Arrays.stream(values())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", not '" + name + "'"));
    }
}
