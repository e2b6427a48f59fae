package io.github.camelsora.internal.camel.request;

import io.github.camelsora.api.TaskOrigin;

/** The priority of a submit as a user writes it. */
final class PriorityText {
    private PriorityText() {}

    /**
     * Parses a priority; a text that is missing or empty means the normal one.
     *
     * @throws IllegalArgumentException if it is no whole number from 0 to 9
     */
    static int parse(String text) {
        String digit = text == null ? "" : text.strip();
        if (digit.isEmpty()) {
            return TaskOrigin.NORMAL_PRIORITY;
        }
        if (!digit.matches("[0-9]")) {
            throw new IllegalArgumentException("The priority must be a whole number from 0 to "
                    + TaskOrigin.HIGHEST_PRIORITY + ", where " + TaskOrigin.HIGHEST_PRIORITY + " is first, not '"
                    + digit + "' (header CamelSoraPriority, option priority)");
        }
        return Integer.parseInt(digit);
    }
}
