package io.github.camelsora;

import io.github.camelsora.internal.camel.option.EnumOption;

/** When a running task is asked for: the values of the option {@code pollSchedule}. */
public enum SoraPollSchedule {
    /** When it is likely to have ended, by how long the last tasks of the same model and length took. */
    LEARNED,
    /** After {@code pollInitialDelay}, then every {@code pollInterval}. */
    FIXED;

    public static SoraPollSchedule parse(String word) {
        return EnumOption.parse("pollSchedule", SoraPollSchedule.class, word);
    }
}
