package io.github.camelsora.internal.ledger;

import java.util.Map;

/**
 * What a route sticks on a task, to find it again at its end.
 *
 * @param tag the name by which a route asks for it; null for none
 * @param headers headers that come back with the result
 */
public record TaskLabels(String tag, Map<String, Object> headers) {
    /** The most characters of a tag, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_TAG = 200;
    /** Nothing. */
    public static final TaskLabels NONE = new TaskLabels(null, Map.of());
}
